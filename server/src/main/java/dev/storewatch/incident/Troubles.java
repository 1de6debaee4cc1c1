package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.KeptOutage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong at stores now, by the rules. A store has one trouble at a time, the worst: it goes
 * down again and again, is down, did not open, or is not heard of. Once it is found it lasts until
 * what it is about is over, also in closed hours: the hours say when something may begin.
 */
final class Troubles {
  private final AlertRules rules;
  private final Facts facts;
  private final ToIntFunction<KeptOutage> inactivePolls;

  /**
   * What is wrong by some rules and facts.
   *
   * @param inactivePolls counts the inactive polls of an outage
   */
  Troubles(AlertRules rules, Facts facts, ToIntFunction<KeptOutage> inactivePolls) {
    this.rules = rules;
    this.facts = facts;
    this.inactivePolls = inactivePolls;
  }

  /**
   * Returns what is wrong at a store.
   *
   * @param open the incident of the store that is open; null for none
   * @return null if nothing is
   */
  @Nullable Finding of(int key, @Nullable Incident open) {
    if (facts.registry().isDeleted(key)) {
      return null;
    }
    KeptOutage outage = facts.ongoing().get(key);
    if (isFlapping(key, open)) {
      long since = open == null ? firstOf(outage) : open.startedAt();
      return new Finding(key, Trouble.FLAPPING, since, idOf(outage));
    }
    if (outage != null && (open != null || isDown(key, outage))) {
      return new Finding(key, Trouble.DOWN, outage.start(), outage.id());
    }
    Finding missing = notOpened(key, open);
    return missing == null ? dark(key, open) : missing;
  }

  private static @Nullable Long idOf(@Nullable KeptOutage outage) {
    return outage == null ? null : (Long) outage.id();
  }

  private long firstOf(@Nullable KeptOutage outage) {
    return outage == null ? facts.now() : outage.start();
  }

  private boolean isFlapping(int key, @Nullable Incident open) {
    int begun = facts.begun().getOrDefault(key, 0);
    boolean is = open != null && open.trouble() == Trouble.FLAPPING;
    return rules.flaps() > 0 && (begun >= rules.flaps() || (is && begun > 0));
  }

  private boolean isDown(int key, KeptOutage outage) {
    return isOften(outage) || lost(key, outage) >= AlertRules.micros(rules.downFor());
  }

  /** Only an outage with two inactive polls has more of them: the others need no counting. */
  private boolean isOften(KeptOutage outage) {
    int known = outage.lastDown() > outage.firstDown() ? 2 : 1;
    return rules.downPolls() <= known
        || (known == 2 && inactivePolls.applyAsInt(outage) >= rules.downPolls());
  }

  private long lost(int key, KeptOutage outage) {
    Span so = new Span(outage.start(), Math.max(outage.start(), facts.now()));
    return facts.hours().openIn(key, so);
  }

  /** A store that is polled, but not active since it opened. */
  private @Nullable Finding notOpened(int key, @Nullable Incident open) {
    long late = AlertRules.micros(rules.lateOpening());
    long active = facts.polls().activeOf(key);
    if (open != null && open.trouble() == Trouble.NOT_OPENED) {
      return active < open.startedAt() ? same(open, key) : null;
    }
    if (late == 0 || facts.polls().of(key) == LastPolls.NEVER || !facts.hours().isOpen(key)) {
      return null;
    }
    long opened = facts.hours().openedAt(key);
    boolean isLate = opened != Long.MIN_VALUE && facts.now() - opened >= late && active < opened;
    return isLate ? new Finding(key, Trouble.NOT_OPENED, opened, null) : null;
  }

  /** A store of which nothing was heard for long, though it was in the last days. */
  private @Nullable Finding dark(int key, @Nullable Incident open) {
    long longest = AlertRules.micros(rules.dark());
    long last = facts.polls().of(key);
    if (open != null && open.trouble() == Trouble.DARK) {
      return last <= open.startedAt() ? same(open, key) : null;
    }
    if (longest == 0
        || last == LastPolls.NEVER
        || facts.now() - last < longest
        || !facts.hours().isOpen(key)) {
      return null;
    }
    boolean isDark = facts.hours().openIn(key, new Span(last, facts.now())) >= longest;
    return isDark ? new Finding(key, Trouble.DARK, last, null) : null;
  }

  private static Finding same(Incident open, int key) {
    return new Finding(key, open.trouble(), open.startedAt(), null);
  }

  /** Returns whether the uptime of a store is too low; null if it is not. */
  @Nullable Finding uptimeOf(int key, @Nullable Incident open) {
    if (facts.registry().isDeleted(key) || !facts.lowUptimes().containsKey(key)) {
      return null;
    }
    long window = AlertRules.micros(rules.uptimeWindow());
    long since = open == null ? facts.now() - window : open.startedAt();
    return new Finding(key, Trouble.LOW_UPTIME, since, null);
  }
}
