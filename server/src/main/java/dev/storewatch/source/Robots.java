package dev.storewatch.source;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.NotAnswered;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Request;
import java.net.URI;
import java.time.Duration;

/**
 * What hosts let the prober ask for, by their {@code robots.txt}, which is read once a day. A host
 * that has none, or does not answer, forbids nothing: whether it answers is what the prober has to
 * find out.
 */
final class Robots {
  private static final String PROGRAM = "storewatch";
  private static final int MOST = 20_000;
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration KEPT_UNANSWERED = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What RFC 9309 has a program read at least. */
  private static final long MOST_BYTES = 500 * 1024;

  private final Outgoing outgoing;
  private final Cache<String, RobotsTxt> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final Cache<String, Boolean> unanswered =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT_UNANSWERED).build();

  Robots(Outgoing outgoing) {
    this.outgoing = outgoing;
  }

  /** Returns whether an address may be asked for. Asks the host at most once at a time. */
  boolean allow(URI uri) {
    URI file = uri.resolve("/robots.txt");
    return read(file).allows(path(uri));
  }

  private RobotsTxt read(URI file) {
    String key = file.toString();
    RobotsTxt kept = known.getIfPresent(key);
    if (kept != null || unanswered.getIfPresent(key) != null) {
      return kept == null ? RobotsTxt.NONE : kept;
    }
    try {
      Answer answer = outgoing.ask(Request.get(file).within(LONGEST).reading(MOST_BYTES));
      RobotsTxt read =
          answer.isSuccess() ? RobotsTxt.parse(answer.text(), PROGRAM) : RobotsTxt.NONE;
      if (answer.status() < 500) {
        known.put(key, read);
      } else {
        unanswered.put(key, true);
      }
      return read;
    } catch (NotAnswered e) {
      unanswered.put(key, true);
      return RobotsTxt.NONE;
    }
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
