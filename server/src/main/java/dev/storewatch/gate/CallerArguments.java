package dev.storewatch.gate;

import dev.storewatch.access.CallerToken;
import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.StoreRights;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The arguments that tell handlers who makes the request, and which stores the caller may see. */
final class CallerArguments {
  static final List<HandlerMethodArgumentResolver> ALL =
      List.of(
          new Argument(Caller.class, CallerToken::caller),
          new Argument(Scope.class, token -> token.grant().scope()),
          new Argument(ScopeNow.class, CallerToken::scopeNow),
          new Argument(StoreRights.class, CallerToken::storeRights));

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Scope.class, ScopeNow.class, StoreRights.class);
  }

  private CallerArguments() {}

  private record Argument(Class<?> type, Function<CallerToken, Object> value)
      implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == type;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binder) {
      return value.apply(CallerToken.current());
    }
  }
}
