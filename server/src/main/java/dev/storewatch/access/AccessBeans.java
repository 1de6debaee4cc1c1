package dev.storewatch.access;

import dev.storewatch.store.Scope;
import dev.storewatch.system.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who may use the server. */
@Configuration(proxyBeanMethods = false)
class AccessBeans {
  @Bean
  SecurityFilterChain everybody(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
        .build();
  }

  /**
   * Lets through what ids may hold: a store's id is any text. What is matched is cut into segments
   * before it is decoded, by the rules and by the handlers alike, so that none of these characters
   * leads from one call to another.
   */
  @Bean
  HttpFirewall anyId() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowSemicolon(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    return firewall;
  }

  @Bean
  WebMvcConfigurer callerArguments() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ScopeOfCaller());
        resolvers.add(new CallerOfRequest());
      }
    };
  }

  /** Gives handlers the stores that the caller may see. */
  private static final class ScopeOfCaller implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Scope.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binder) {
      return Scope.EVERYTHING;
    }
  }

  /** Gives handlers who makes the request. */
  private static final class CallerOfRequest implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binder) {
      HttpServletRequest http =
          Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
      return new Caller("local", http.getRemoteAddr());
    }
  }
}
