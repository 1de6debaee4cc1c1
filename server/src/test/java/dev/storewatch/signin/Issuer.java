package dev.storewatch.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A small provider of OpenID Connect that signs everybody in without a question. */
final class Issuer implements AutoCloseable {
  private final HttpServer http;
  private final String clientId;
  private final String clientSecret;
  private final RSAKey key = newKey("published");
  private final RSAKey otherKey = newKey("published");
  private final Map<String, String> nonces = new ConcurrentHashMap<>();
  private volatile Map<String, Object> person = Map.of("sub", "nobody");
  private volatile boolean otherSigns;
  private final Set<InetSocketAddress> known = ConcurrentHashMap.newKeySet();
  private volatile boolean hangsUp;

  Issuer(String clientId, String clientSecret) throws IOException {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    handle("/.well-known/openid-configuration", this::configuration);
    handle("/authorize", this::authorize);
    handle("/token", this::token);
    handle("/keys", exchange -> answer(exchange, 200, new JWKSet(key).toString()));
    handle("/user", exchange -> answer(exchange, 200, json(person)));
    http.start();
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(String path, HttpHandler handler) {
    http.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (known.add(exchange.getRemoteAddress()) || !hangsUp) {
              handler.handle(exchange);
            }
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Says who signs in from now on: the claims of the person. */
  void person(Map<String, Object> claims) {
    person = claims;
  }

  void signWithAnotherKey(boolean other) {
    otherSigns = other;
  }

  /**
   * Closes a connection at its second request, as a provider does that thinks nobody needs it any
   * more.
   */
  void hangUpOnSecondRequests(boolean does) {
    hangsUp = does;
  }

  private void configuration(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        json(
            Map.of(
                "issuer",
                url(),
                "authorization_endpoint",
                url() + "/authorize",
                "token_endpoint",
                url() + "/token",
                "jwks_uri",
                url() + "/keys",
                "userinfo_endpoint",
                url() + "/user",
                "response_types_supported",
                new String[] {"code"},
                "subject_types_supported",
                new String[] {"public"},
                "id_token_signing_alg_values_supported",
                new String[] {"RS256"})));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    if (!clientId.equals(asked.get("client_id")) || !asked.containsKey("code_challenge")) {
      answer(exchange, 400, "{}");
      return;
    }
    String code = UUID.randomUUID().toString();
    nonces.put(code, asked.get("nonce"));
    String target =
        asked.get("redirect_uri")
            + "?code="
            + code
            + "&state="
            + encode(asked.getOrDefault("state", ""));
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> given =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String nonce = nonces.remove(given.getOrDefault("code", ""));
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (clientId + ":" + encode(clientSecret)).getBytes(StandardCharsets.UTF_8));
    if (nonce == null
        || !("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    answer(
        exchange,
        200,
        json(
            Map.of(
                "access_token",
                "opaque",
                "token_type",
                "Bearer",
                "expires_in",
                60,
                "id_token",
                idToken(nonce))));
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .audience(clientId)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .claim("nonce", nonce);
    person.forEach(claims::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            claims.build());
    try {
      token.sign(new RSASSASigner(otherSigns ? otherKey : key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String json(Object value) {
    return new JsonMapper().writeValueAsString(value);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
