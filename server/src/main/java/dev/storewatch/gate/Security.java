package dev.storewatch.gate;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessGate;
import dev.storewatch.access.AccessSettings;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.LocalTicket;
import dev.storewatch.access.Throttle;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.http.Caller;
import dev.storewatch.http.ProblemAnswer;
import dev.storewatch.signin.OidcSignIn;
import dev.storewatch.signin.Pages;
import dev.storewatch.signin.PasswordSignIn;
import dev.storewatch.signin.ProviderClient;
import dev.storewatch.signin.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The filters that every request passes. */
@Configuration(proxyBeanMethods = false)
class Security {
  private static final Logger LOG = LoggerFactory.getLogger(Security.class);

  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final AccessBook book;
  private final AccessGate gate;
  private final AccessSettings settings;
  private final Sessions sessions;
  private final Throttle throttle;
  private final Refusals refusals;
  private final WrongKeys wrongKeys;
  private final ProblemAnswer problems;
  private final Clock clock;

  Security(
      AccessBook book,
      AccessGate gate,
      AccessSettings settings,
      Sessions sessions,
      Throttle throttle,
      Refusals refusals,
      WrongKeys wrongKeys,
      ProblemAnswer problems,
      Clock clock) {
    this.book = book;
    this.gate = gate;
    this.settings = settings;
    this.sessions = sessions;
    this.throttle = throttle;
    this.refusals = refusals;
    this.wrongKeys = wrongKeys;
    this.problems = problems;
    this.clock = clock;
  }

  @Bean
  HttpFirewall anyId() {
    return new IdFirewall();
  }

  /** Makes Tomcat leave encoded slashes to {@link IdFirewall}, which knows where they may be. */
  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
    String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
    return factory ->
        factory.addConnectorCustomizers(
            connector -> {
              connector.setEncodedSolidusHandling(passThrough);
              connector.setEncodedReverseSolidusHandling(passThrough);
            });
  }

  /**
   * Builds the filters of the health, which do not ask who the caller is. To find that out takes
   * the database, and a request for the health must not wait for a database that hangs.
   */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static SecurityFilterChain health(HttpSecurity http, AccessSettings settings) {
    return http.securityMatchers(
            calls ->
                calls.requestMatchers(
                    HttpMethod.GET, "/health", "/actuator/health", "/actuator/health/*"))
        .cors(cors -> cors.configurationSource(new OtherOrigins(settings)))
        .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
        .anonymous(anonymous -> anonymous.disable())
        .csrf(csrf -> csrf.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .sessionManagement(
            management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(Security::headers)
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=()"))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
  }

  @Bean
  SecurityFilterChain filters(HttpSecurity http, LocalTicket ticket) {
    CallerFilter callers =
        new CallerFilter(book, gate, ticket, sessions, throttle, refusals, wrongKeys, problems);
    OtherOrigins others = new OtherOrigins(settings);
    http.addFilterAfter(new FrontDoor(gate, others, problems), HeaderWriterFilter.class)
        .cors(cors -> cors.configurationSource(others))
        .addFilterBefore(RateLimit.ofStrangers(settings, problems), CsrfFilter.class)
        .addFilterBefore(callers, AuthorizationFilter.class)
        .addFilterBefore(RateLimit.ofCallers(settings, problems), AuthorizationFilter.class)
        .anonymous(anonymous -> anonymous.disable())
        .httpBasic(basic -> basic.disable())
        .requestCache(cache -> cache.disable())
        // A sign-in begins another session instead of changing the id of the old one. Otherwise a
        // request that is still on its way could write the old id back, and whoever planted that id
        // knows it.
        .sessionManagement(
            management -> management.sessionFixation(fixation -> fixation.migrateSession()))
        .authorizeHttpRequests(
            calls ->
                calls
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(Pages.SIGN_IN, "/assets/*")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            failures ->
                failures.authenticationEntryPoint(this::askWho).accessDeniedHandler(this::refuse))
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(this::needsCsrfToken))
        .authenticationProvider(new PasswordSignIn(book, throttle))
        .formLogin(
            form ->
                form.loginPage(Pages.SIGN_IN)
                    .loginProcessingUrl(Pages.SIGN_IN)
                    .authenticationDetailsSource(Security::address)
                    .successHandler(this::signedIn)
                    .failureHandler(this::notSignedIn))
        .logout(
            logout ->
                logout
                    .logoutUrl(Pages.SIGN_OUT)
                    .addLogoutHandler(this::signingOut)
                    .logoutSuccessUrl(Pages.SIGN_IN))
        .headers(Security::headers);
    AccessSettings.Oidc oidc = settings.oidc();
    if (oidc != null) {
      signInWith(oidc, http);
    }
    return http.build();
  }

  private void signInWith(AccessSettings.Oidc oidc, HttpSecurity http) {
    ProviderClient provider = new ProviderClient();
    http.oauth2Login(
        login ->
            login
                .loginPage(Pages.SIGN_IN)
                .clientRegistrationRepository(OidcSignIn.provider(oidc))
                .authorizedClientRepository(new OidcSignIn.NoTokens())
                .authenticationDetailsSource(Security::address)
                .tokenEndpoint(tokens -> tokens.accessTokenResponseClient(provider.tokens()))
                .userInfoEndpoint(people -> people.oidcUserService(provider.people()))
                .withObjectPostProcessor(
                    new OidcSignIn.Kept(person -> sessions.letIn(oidc, person)))
                .withObjectPostProcessor(new OidcSignIn.NotSent(this::notSentToProvider))
                .successHandler(this::signedInByProvider)
                .failureHandler(this::notSignedInByProvider));
  }

  /** Returns where somebody signs in from, without the id of the session, which is secret. */
  private static WebAuthenticationDetails address(HttpServletRequest request) {
    return new WebAuthenticationDetails(request.getRemoteAddr(), null);
  }

  /**
   * Returns whether a request needs the token of forms. A browser sends the cookie of a session by
   * itself, so the cookie does not show that a page of this server wrote the request.
   */
  private boolean needsCsrfToken(HttpServletRequest request) {
    return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
        && CallerFilter.keyOf(request) == null
        && (request.getRequestedSessionId() != null
            || request.getRequestURI().equals(Pages.SIGN_IN));
  }

  private void askWho(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
      throws IOException {
    if (request.getMethod().equals("GET") && isForAPerson(request)) {
      response.sendRedirect(Pages.SIGN_IN);
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"storewatch\"");
    problems.write(
        request,
        response,
        HttpStatus.UNAUTHORIZED,
        "who asks? Send a key as 'Authorization: Bearer sw_...' or 'X-API-Key: sw_...', or sign in"
            + " at "
            + Pages.SIGN_IN);
  }

  private static boolean isForAPerson(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains("text/html");
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, RuntimeException denied)
      throws IOException {
    if (isForAPerson(request) && request.getRequestURI().equals(Pages.SIGN_IN)) {
      backToSignIn(request, response, "The page was too old: fill it in once more.");
      return;
    }
    if (isForAPerson(request) && request.getRequestURI().equals(Pages.SIGN_OUT)) {
      response.sendRedirect("/"); // this page tells whether anybody is still signed in
      return;
    }
    problems.write(
        request,
        response,
        HttpStatus.FORBIDDEN,
        "the form was too old or not ours: load the page again, then send it once more");
  }

  private void signedIn(
      HttpServletRequest request, HttpServletResponse response, Authentication person)
      throws IOException {
    request.getSession().setMaxInactiveInterval((int) settings.sessionTimeout().toSeconds());
    note(person, request, "sign-in", "done");
    response.sendRedirect("/");
  }

  private void signedInByProvider(
      HttpServletRequest request, HttpServletResponse response, Authentication person)
      throws IOException {
    if (sessions.caller(person, request).isPresent()) {
      signedIn(request, response, person);
      return;
    }
    refusals.signIn();
    note(person, request, "sign-in", "refused: no role");
    request.getSession().invalidate();
    backToSignIn(request, response, "You have no role here: ask an admin of Storewatch for one.");
  }

  private void notSentToProvider(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseUnavailable away) {
        throw away; // this is not the provider's fault
      }
    }
    notSignedInByProvider(request, response, failure);
  }

  private void notSignedInByProvider(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    refusals.signIn();
    LOG.warn("nobody was signed in by the provider: {}", failure.getMessage());
    backToSignIn(request, response, "That did not work: try again, or ask an admin of Storewatch.");
  }

  private static void backToSignIn(
      HttpServletRequest request, HttpServletResponse response, String message) throws IOException {
    request.getSession().setAttribute(Pages.MESSAGE, message);
    response.sendRedirect(Pages.SIGN_IN);
  }

  private void notSignedIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    refusals.signIn();
    String name = String.valueOf(request.getParameter("username"));
    if (failure instanceof PasswordSignIn.TooSoon wait) {
      refuseForAWhile(request, response, Throttle.seconds(wait.left()));
      return;
    }
    Caller nobody = new Caller("unknown", request.getRemoteAddr());
    book.trail().write(nobody, clock.instant(), "sign-in", shortened(name), "refused");
    backToSignIn(request, response, "The name or the password is wrong.");
  }

  private void refuseForAWhile(
      HttpServletRequest request, HttpServletResponse response, String seconds) throws IOException {
    if (isForAPerson(request)) {
      backToSignIn(
          request,
          response,
          "Too many failed attempts: wait %s s, then try again.".formatted(seconds));
      return;
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
    problems.write(
        request,
        response,
        HttpStatus.TOO_MANY_REQUESTS,
        "too many failed attempts: try again in %s seconds".formatted(seconds));
  }

  private static String shortened(String name) {
    return name.length() > ApiKey.LONGEST_NAME ? name.substring(0, ApiKey.LONGEST_NAME) : name;
  }

  private void signingOut(
      HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person) {
    if (person != null) {
      note(person, request, "sign-out", "done");
    }
  }

  private void note(
      Authentication person, HttpServletRequest request, String action, String outcome) {
    String name =
        sessions
            .caller(person, request)
            .map(token -> token.caller().name())
            .orElse(person.getName());
    book.trail()
        .write(new Caller(name, request.getRemoteAddr()), clock.instant(), action, null, outcome);
  }
}
