package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a secret is sent: {@code bearer}, {@code basic}, or as the value of a header of its own.
 *
 * @param word one of these, or the name of the header
 */
record SentAs(String word) {
  static final SentAs BEARER = new SentAs("bearer");

  private static final String BASIC = "basic";
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{1,63}");

  /** Headers that the client itself sends, or by which a request would become another one. */
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "te",
          "upgrade",
          "expect",
          "user-agent",
          "if-none-match",
          "if-modified-since",
          "accept",
          "range");

  /**
   * Reads how a secret is sent.
   *
   * @throws WrongInput if there is no such way
   */
  static SentAs parse(String text) {
    String word = text.strip();
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals(BEARER.word) || lower.equals(BASIC)) {
      return new SentAs(lower);
    }
    if (!HEADER.matcher(word).matches() || TAKEN.contains(lower)) {
      throw new WrongInput(
          "sent_as is '%s': use bearer, basic (the secret is NAME:PASSWORD then), or the name of a header, for example X-Api-Key"
              .formatted(word));
    }
    return new SentAs(word);
  }

  /** Returns a request that sends a secret. */
  Request on(Request request, String secret) {
    return switch (word) {
      case "bearer" -> request.with("Authorization", "Bearer " + secret);
      case BASIC ->
          request.with(
              "Authorization",
              "Basic "
                  + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
      default -> request.with(word, secret);
    };
  }
}
