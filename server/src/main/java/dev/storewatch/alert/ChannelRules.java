package dev.storewatch.alert;

import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.input.WrongInput;
import java.util.regex.Pattern;

/** What a channel may be called, how it may be set up, and how many messages it may get. */
final class ChannelRules {
  private static final int LONGEST_VALUE = 2_000;
  private static final int MOST_PER_MINUTE = 6_000;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+#-]{0,99}");

  private ChannelRules() {}

  /**
   * Checks how a channel is set up.
   *
   * @throws WrongInput if something is missing or wrong
   */
  static void check(ChannelKind kind, ChannelSettings settings) {
    settings.open().forEach(ChannelRules::checkLength);
    settings.secrets().forEach(ChannelRules::checkLength);
    kind.require(settings);
  }

  private static void checkLength(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST_VALUE) {
      throw new WrongInput(
          "'%s' has %d characters: use 1 to %d, or null to leave it out"
              .formatted(name, value.length(), LONGEST_VALUE));
    }
  }

  /** Returns a name without blanks around it, if it is one. */
  static String name(String name) {
    if (!NAME.matcher(name.strip()).matches()) {
      throw new WrongInput(
          "'%s' is not a name of a channel: use 1 to 100 letters, digits, and after the first blanks . _ @ + # -, for example ops-chat"
              .formatted(name));
    }
    return name.strip();
  }

  /** Returns a rate, if it is one. */
  static int perMinute(int count) {
    if (count < 1 || count > MOST_PER_MINUTE) {
      throw new WrongInput(
          "per_minute is %d: use 1 to %d, for example 60".formatted(count, MOST_PER_MINUTE));
    }
    return count;
  }
}
