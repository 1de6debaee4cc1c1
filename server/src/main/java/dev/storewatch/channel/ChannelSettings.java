package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one channel is set up.
 *
 * @param open what may be shown, by the names of the fields
 * @param secrets what may not, likewise
 */
public record ChannelSettings(Map<String, String> open, Map<String, String> secrets) {
  /** Copies the settings. */
  public ChannelSettings {
    open = Map.copyOf(open);
    secrets = Map.copyOf(secrets);
  }

  /** Returns the value of a field, if it has one. */
  Optional<String> find(String field) {
    return Optional.ofNullable(value(field));
  }

  /** Returns the value of a field, or a standard one. */
  String get(String field, String standard) {
    return find(field).orElse(standard);
  }

  /**
   * Returns the value of a field that must have one.
   *
   * @throws WrongInput if it has none
   */
  String get(String field) {
    return find(field).orElseThrow(() -> new WrongInput("the setting " + field + " is missing"));
  }

  private @Nullable String value(String field) {
    String value = open.get(field);
    return value == null ? secrets.get(field) : value;
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "ChannelSettings[open=%s, secrets=%s]".formatted(open, secrets.keySet());
  }
}
