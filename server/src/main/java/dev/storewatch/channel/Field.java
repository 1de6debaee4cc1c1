package dev.storewatch.channel;

/**
 * One setting of a kind of channel.
 *
 * @param name what it is called
 * @param secret whether it is kept encrypted and never shown
 * @param required whether a channel cannot be without it
 * @param meaning what it is for
 * @param example a value that would be right
 */
public record Field(String name, boolean secret, boolean required, String meaning, String example) {
  static Field required(String name, String meaning, String example) {
    return new Field(name, false, true, meaning, example);
  }

  static Field optional(String name, String meaning, String example) {
    return new Field(name, false, false, meaning, example);
  }

  static Field requiredSecret(String name, String meaning, String example) {
    return new Field(name, true, true, meaning, example);
  }

  static Field optionalSecret(String name, String meaning, String example) {
    return new Field(name, true, false, meaning, example);
  }
}
