package dev.storewatch.signin;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person uses: it keeps cookies, follows links, and fills in forms. */
public final class Browser {
  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\">");

  /** A page with the form to sign out that reads no polls, which tests may have stopped. */
  private static final String PLAIN = "/incidents";

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private String url;

  /** Opens at the pages of a server. */
  public Browser(String url) {
    this.url = url;
  }

  HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Accept", "text/html")
            .header("Sec-Fetch-Site", "none")
            .build(),
        BodyHandlers.ofString());
  }

  /** Sends a request as a script of one of the server's pages does. */
  public HttpResponse<String> script(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Goes on with another server, as behind a balancer: cookies belong to the machine. */
  Browser at(String other) {
    url = other;
    return this;
  }

  /** Opens an address, and returns where it leads to without going there. */
  URI step(URI address) throws IOException, InterruptedException {
    try (HttpClient staying = HttpClient.newBuilder().cookieHandler(cookies).build()) {
      HttpResponse<String> answer =
          staying.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      return address.resolve(answer.headers().firstValue("Location").orElseThrow());
    }
  }

  /** Opens what does not end at once. */
  InputStream listen(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url + path)).header("Sec-Fetch-Site", "none").build(),
            BodyHandlers.ofInputStream())
        .body();
  }

  /** Fills in the form of the sign-in page. */
  public HttpResponse<String> signIn(String name, String password)
      throws IOException, InterruptedException {
    return fillIn(open(Pages.SIGN_IN).body(), name, password);
  }

  /** Fills in the form of a sign-in page that was opened before. */
  HttpResponse<String> fillIn(String page, String name, String password)
      throws IOException, InterruptedException {
    return post(Pages.SIGN_IN, page, Map.of("username", name, "password", password));
  }

  /** The same, saying that a page is wanted, as a person's browser does. */
  HttpResponse<String> signInAsAPerson(String name, String password)
      throws IOException, InterruptedException {
    String page = open(Pages.SIGN_IN).body();
    return post(
        Pages.SIGN_IN, page, Map.of("username", name, "password", password), "Accept", "text/html");
  }

  HttpResponse<String> signOut() throws IOException, InterruptedException {
    return post(Pages.SIGN_OUT, open(PLAIN).body(), Map.of());
  }

  private HttpResponse<String> post(
      String path, String page, Map<String, String> fields, String... headers)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(page);
    if (!token.find()) {
      throw new AssertionError("there is no form in " + page);
    }
    String form =
        encode(token.group(1))
            + "="
            + encode(token.group(2))
            + fields.entrySet().stream()
                .map(field -> "&" + encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns the value of the token that the home page has for forms. */
  public String token() throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(open(PLAIN).body());
    return token.find() ? token.group(2) : "";
  }

  /** Returns the value of the only cookie. */
  String cookie() {
    return cookies().getFirst().getValue();
  }

  List<HttpCookie> cookies() {
    return cookies.getCookieStore().getCookies();
  }
}
