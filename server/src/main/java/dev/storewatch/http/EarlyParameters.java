package dev.storewatch.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that reads, before anybody is known, what others ask a request for by name: its query,
 * and its form.
 *
 * <p>The web server would read both when something first asks for a parameter, wherever that is,
 * and fail there; and a form for as long as its sender likes. Here a query that cannot be read is
 * refused at once, and a form is small and comes soon. A body below {@code /api/v1/} is never a
 * form, whatever it is sent as, because {@code curl --data-binary} calls every file one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 11) // right after AwayDatabase, which answers what this refuses
final class EarlyParameters extends OncePerRequestFilter {
  private static final SmallBody.Limit LIMIT =
      new SmallBody.Limit("form", DataSize.ofKilobytes(8), Duration.ofSeconds(10));
  private static final int MOST_PARAMETERS = 1_000;
  private static final String API = "/api/v1/";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String query = request.getQueryString();
    if (query != null) {
      Parameters _ = parse(query.getBytes(StandardCharsets.UTF_8));
    }
    if (!isForm(request)) {
      chain.doFilter(request, response);
    } else if (request.getRequestURI().startsWith(API)) {
      chain.doFilter(new Form(request, null), response);
    } else {
      chain.doFilter(new Form(request, read(request)), response);
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getContentType(), "")
        .toLowerCase(Locale.ROOT)
        .startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  private static byte[] read(HttpServletRequest request) throws IOException {
    InputStream form =
        new SmallBody(request.getInputStream(), request.getContentLengthLong(), LIMIT);
    try {
      return form.readAllBytes();
    } catch (IOException e) {
      if (SmallBody.isTimeout(e)) {
        throw LIMIT.tooSlow();
      }
      throw e;
    }
  }

  /** A request whose parameters are those of its query and of the bytes of a form. */
  private static final class Form extends HttpServletRequestWrapper {
    private final byte @Nullable [] body;
    private @Nullable Map<String, String[]> parameters;

    /**
     * @param body the form, or null where the body is none
     */
    Form(HttpServletRequest request, byte @Nullable [] body) {
      super(request);
      this.body = body;
    }

    /** Reads them when they are first asked for: the body of a client may be no form at all. */
    private Map<String, String[]> parameters() {
      Map<String, String[]> known = parameters;
      if (known == null) {
        Map<String, List<String>> read = new LinkedHashMap<>();
        String query = getQueryString();
        add(read, query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8));
        add(read, body == null ? new byte[0] : body);
        known = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> one : read.entrySet()) {
          known.put(one.getKey(), one.getValue().toArray(String[]::new));
        }
        parameters = known;
      }
      return known;
    }

    private static void add(Map<String, List<String>> parameters, byte[] encoded) {
      Parameters read = parse(encoded);
      for (String name : Collections.list(read.getParameterNames())) {
        parameters
            .computeIfAbsent(name, first -> new ArrayList<>())
            .addAll(List.of(Objects.requireNonNull(read.getParameterValues(name))));
      }
    }

    @Override
    public @Nullable String getParameter(String name) {
      String[] values = parameters().get(name);
      return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      String[] values = parameters().get(name);
      return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(parameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Collections.unmodifiableMap(parameters());
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return body == null ? super.getInputStream() : new Again(body);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return body == null
          ? super.getReader()
          : new BufferedReader(
              new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }
  }

  private static Parameters parse(byte[] encoded) {
    Parameters parameters = new Parameters();
    parameters.setCharset(StandardCharsets.UTF_8);
    parameters.setLimit(MOST_PARAMETERS);
    try {
      parameters.processParameters(encoded, 0, encoded.length);
      return parameters;
    } catch (InvalidParameterException e) {
      throw Problem.badRequest(
          "the query or the form cannot be read: write it as name=value, and what is not a letter"
              + " or a digit as the bytes of UTF-8, each as % and two hexadecimal digits, for"
              + " example %C3%A9");
    }
  }

  /** A body that was read before. */
  private static final class Again extends ServletInputStream {
    private final ByteArrayInputStream in;

    Again(byte[] body) {
      this.in = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return in.read(bytes, from, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body is read already: read it from the stream");
    }
  }
}
