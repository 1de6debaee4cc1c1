package dev.storewatch.alert;

import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.Field;
import java.util.List;

/**
 * A kind of channel as it is shown.
 *
 * @param kind the word for it
 * @param perMinute how many messages its receivers usually take in a minute
 * @param fields what a channel of the kind is set up with
 */
public record KindView(String kind, int perMinute, List<Field> fields) {
  /** Returns a kind as it is shown. */
  public static KindView of(ChannelKind kind) {
    return new KindView(kind.name(), kind.perMinute(), kind.fields());
  }
}
