package dev.storewatch.http;

import dev.storewatch.input.Spelling;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A check that refuses parameters which a call of the native interface does not read: a mistyped
 * filter would filter nothing, and nobody would notice.
 *
 * <p>What a call reads is what its handler says: by the parameters of its method, or, where it
 * reads the query by itself, by those that it describes. The old systems ignored what they did not
 * know, and their clients rely on it; so do those who ask after the health of a server.
 */
final class QueryNames implements HandlerInterceptor {
  private static final String NATIVE = "/api/v1/";

  /** By method, because a handler method is made anew for each request. */
  private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String query = request.getQueryString();
    if (query != null
        && handler instanceof HandlerMethod call
        && request.getDispatcherType() == DispatcherType.REQUEST
        && !request.getMethod().equals(HttpMethod.OPTIONS.name())
        && isNative(request)) {
      check(query, known.computeIfAbsent(call.getMethod(), method -> names(call)));
    }
    return true;
  }

  private static boolean isNative(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
        .startsWith(NATIVE);
  }

  /** Returns the names of the parameters that a handler reads. */
  static SortedSet<String> names(HandlerMethod handler) {
    SortedSet<String> names = new TreeSet<>();
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam read = parameter.getParameterAnnotation(RequestParam.class);
      if (read != null) {
        names.add(read.name().isEmpty() ? ownName(parameter) : read.name());
      }
    }
    Arrays.stream(handler.getMethod().getAnnotationsByType(Parameter.class))
        .filter(described -> described.in() == ParameterIn.QUERY)
        .forEach(described -> names.add(described.name()));
    return names;
  }

  private static String ownName(MethodParameter parameter) {
    parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
    return String.valueOf(parameter.getParameterName());
  }

  /** Looks at the address alone: to ask the request would read the body of a form. */
  private static void check(String query, SortedSet<String> known) {
    for (String each : query.split("&", -1)) {
      if (!each.isEmpty()) {
        String name = decoded(each.split("=", 2)[0]);
        if (!known.contains(name)) {
          throw unknown(name, known);
        }
      }
    }
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new WrongInput("the query cannot be read: write a % that belongs to it as %25", e);
    }
  }

  private static WrongInput unknown(String name, SortedSet<String> known) {
    if (known.isEmpty()) {
      return new WrongInput(
          "there is no parameter '%s': this call has none, so leave the query out".formatted(name));
    }
    String nearest = Spelling.nearest(name, known).map("did you mean %s? "::formatted).orElse("");
    return new WrongInput(
        "there is no parameter '%s': %sThis call reads %s"
            .formatted(name, nearest, String.join(", ", known)));
  }
}
