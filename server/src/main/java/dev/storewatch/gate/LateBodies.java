package dev.storewatch.gate;

import dev.storewatch.access.CallerToken;
import dev.storewatch.http.Problem;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * A second check of what a caller may do, when the body has come: a caller who sends it slowly
 * would otherwise keep what was taken away meanwhile.
 */
@ControllerAdvice
class LateBodies extends RequestBodyAdviceAdapter {
  @Override
  public boolean supports(
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converterType) {
    requireUnchanged();
    return body;
  }

  @Override
  public @Nullable Object handleEmptyBody(
      @Nullable Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converterType) {
    requireUnchanged();
    return body;
  }

  private static void requireUnchanged() {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken caller
        && !caller.isAsItWas()) {
      throw Problem.forbidden(
          "what you may do was changed while the body was on its way: send it again");
    }
  }
}
