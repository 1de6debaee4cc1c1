package dev.storewatch.channel;

import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.NotAnswered;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Receivers that take messages over HTTP, and what their answers mean where all of them agree: a
 * message that is wrong by itself is refused for good, anything else may be better another time.
 */
final class HttpReceiver {
  static final String JSON = "application/json";

  /** A receiver that takes longer is asked again: it may have the message, which has an id. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int MOST_BYTES = 16 * 1024;
  private static final int LONGEST_ANSWER = 300;

  /** The statuses that say that the message itself is wrong. */
  private static final Set<Integer> WRONG_MESSAGE = Set.of(400, 413, 415, 422);

  private final Asked asked;
  private final Duration longest;

  HttpReceiver(Outgoing outgoing) {
    this(outgoing, LONGEST);
  }

  private HttpReceiver(Asked asked, Duration longest) {
    this.asked = asked;
    this.longest = longest;
  }

  /** How receivers are asked. */
  @FunctionalInterface
  private interface Asked {
    Answer answer(Request request) throws NotAnswered;
  }

  /** Receivers for who asks none. */
  static HttpReceiver none() {
    return new HttpReceiver(
        request -> {
          throw new IllegalStateException("nothing is sent from here");
        },
        LONGEST);
  }

  /**
   * Receivers over HTTP.
   *
   * @param longest how long one may take
   */
  HttpReceiver(Outgoing outgoing, Duration longest) {
    this((Asked) outgoing::ask, longest);
  }

  /** Returns a request that hands over JSON. */
  static Request json(URI to, String body) {
    return Request.post(to, JSON, body);
  }

  /**
   * Sends a request.
   *
   * @param success what it means that the receiver answers with success
   */
  Outcome send(Request request, Instant now, Function<Answer, Outcome> success) {
    try {
      Answer answer = asked.answer(request.within(longest).reading(MOST_BYTES));
      return answer.isSuccess() ? success.apply(answer) : failure(answer, now);
    } catch (NotAnswered e) {
      return Outcome.failed(withoutPath(String.valueOf(e.getMessage()), request.uri()));
    }
  }

  private static Outcome failure(Answer answer, Instant now) {
    String said = "the receiver answered %d%s".formatted(answer.status(), quoted(answer));
    if (WRONG_MESSAGE.contains(answer.status())) {
      return new Outcome.Refused(said);
    }
    return new Outcome.Failed(said + hint(answer.status()), retryAfter(answer, now));
  }

  private static @Nullable Duration retryAfter(Answer answer, Instant now) {
    String header = answer.header("Retry-After").orElse(null);
    return header == null ? null : RetryAfter.parse(header, now);
  }

  private static String hint(int status) {
    return switch (status) {
      case 401, 403 -> ": check the secret of the channel";
      case 404, 410 -> ": check the address of the channel";
      default -> status >= 300 && status < 400 ? ": name the address that it leads to" : "";
    };
  }

  /** Returns the beginning of what a receiver said, in quotes; nothing if it said nothing. */
  static String quoted(Answer answer) {
    String body = Wording.cut(answer.text().strip(), LONGEST_ANSWER);
    return body.isEmpty() ? "" : " '%s'".formatted(body);
  }

  /** Takes out the path of an address: that of some receivers is their secret. */
  private static String withoutPath(String message, URI uri) {
    return message.replace(
        uri.toString(), "%s://%s".formatted(uri.getScheme(), uri.getAuthority()));
  }
}
