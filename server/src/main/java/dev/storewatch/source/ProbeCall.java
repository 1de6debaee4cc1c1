package dev.storewatch.source;

import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.NotAnswered;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One request to a store, and what its answer means. */
final class ProbeCall {
  private static final int TOO_MANY_REQUESTS = 429;

  private final Outgoing outgoing;
  private final @Nullable Robots robots;

  /**
   * Requests to stores.
   *
   * @param robots what hosts let the prober ask for; null if nobody cares
   */
  ProbeCall(Outgoing outgoing, @Nullable Robots robots) {
    this.outgoing = outgoing;
    this.robots = robots;
  }

  /**
   * What a request found.
   *
   * @param at when it began
   * @param detail what there is to say about it; null if nothing is
   */
  record Result(ProbeOutcome outcome, Instant at, @Nullable String detail) {
    Result unknown(String why) {
      return new Result(ProbeOutcome.UNKNOWN, at, why);
    }
  }

  Result make(StoreProbe probe, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    if (robots != null && !robots.allow(probe.url())) {
      return new Result(
          ProbeOutcome.NOT_ASKED,
          at,
          "the robots.txt of %s forbids it to 'storewatch': have it allowed there, or ask for something else"
              .formatted(probe.url().getHost()));
    }
    try {
      Answer answer =
          outgoing.ask(
              Request.get(probe.url())
                  .within(probe.timeout())
                  .reading(StoreProbe.MOST_BYTES)
                  .with("Accept", "*/*"));
      return answered(probe, answer, at);
    } catch (NotAnswered e) {
      ProbeOutcome outcome =
          e.reason() == NotAnswered.Reason.ADDRESS_REFUSED
              ? ProbeOutcome.NOT_ASKED
              : ProbeOutcome.INACTIVE;
      return new Result(outcome, at, e.getMessage());
    }
  }

  private static Result answered(StoreProbe probe, Answer answer, Instant at) {
    if (answer.status() == TOO_MANY_REQUESTS && !probe.statuses().includes(TOO_MANY_REQUESTS)) {
      return new Result(
          ProbeOutcome.UNKNOWN, at, "answers 429: it is asked more often than it likes");
    }
    String fault = probe.fault(answer);
    return new Result(fault == null ? ProbeOutcome.ACTIVE : ProbeOutcome.INACTIVE, at, fault);
  }
}
