package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has heard of an incident. Instants are microseconds since the epoch.
 *
 * @param incident the id of the incident
 * @param channel the id of the channel
 * @param trouble what it heard last that is wrong
 * @param at when it heard of it first
 * @param againAt when it heard of it last
 * @param endAt when it heard of the end; null before
 */
public record Told(
    long incident, String channel, Trouble trouble, long at, long againAt, @Nullable Long endAt) {
  /** Returns what it has heard when it hears that the incident lasts. */
  Told again(Trouble now, long when) {
    return new Told(incident, channel, now, at, when, endAt);
  }

  /** Returns what it has heard when it hears of the end. */
  Told ended(long when) {
    return new Told(incident, channel, trouble, at, when, when);
  }
}
