package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A way on which messages reach people. An implementation has no state of one channel: it is given
 * the settings with each message, and is called by several threads.
 */
public interface ChannelKind {
  /** Returns the word for it, such as {@code slack}. */
  String name();

  /** Returns the settings that a channel of this kind has. */
  List<Field> fields();

  /** Returns how many messages its receivers take in a minute, unless a channel says otherwise. */
  int perMinute();

  /**
   * Checks the values of the settings; names and missing ones are checked already.
   *
   * @throws WrongInput if a channel cannot be set up so
   */
  void check(ChannelSettings settings);

  /**
   * Returns whether the receiver keeps what lasts as an incident of its own, which shows it until
   * the end comes: it needs to be told again only where it might forget.
   */
  default boolean keepsIncidents() {
    return false;
  }

  /**
   * Sends a message once.
   *
   * <p>It takes at most some ten seconds. What goes wrong is an outcome and no exception.
   */
  Outcome send(Message message, ChannelSettings settings);

  /**
   * Returns the secrets of a channel after a change.
   *
   * @param before all that there were
   * @param after all that there are to be
   */
  default Map<String, String> changed(Map<String, String> before, Map<String, String> after) {
    return after;
  }

  /**
   * Checks that there is what there must be, that there is nothing else, and the values.
   *
   * @throws WrongInput if a channel cannot be set up so
   */
  default void require(ChannelSettings settings) {
    for (Field field : fields()) {
      Map<String, String> own = field.secret() ? settings.secrets() : settings.open();
      if (field.required() && !own.containsKey(field.name())) {
        throw new WrongInput(
            "a channel of the kind %s needs %s '%s': %s, for example %s"
                .formatted(
                    name(),
                    field.secret() ? "the secret" : "the setting",
                    field.name(),
                    field.meaning(),
                    field.example()));
      }
    }
    requireKnown(settings.open(), false);
    requireKnown(settings.secrets(), true);
    check(settings);
  }

  private void requireKnown(Map<String, String> given, boolean secret) {
    List<String> known =
        fields().stream().filter(field -> field.secret() == secret).map(Field::name).toList();
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new WrongInput(
            "a channel of the kind %s has no %s '%s': there are %s"
                .formatted(
                    name(),
                    secret ? "secret" : "setting",
                    name,
                    known.isEmpty() ? "none" : words(known)));
      }
    }
  }

  private static String words(List<String> names) {
    return names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }
}
