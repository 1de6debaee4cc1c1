package dev.storewatch.channel;

/** A file that a message takes along. */
public final class Attachment {
  /** The most bytes: mail servers and receivers of webhooks refuse more. */
  public static final int MOST_BYTES = 10_000_000;

  private final String name;
  private final String type;
  private final byte[] content;

  /**
   * A file.
   *
   * @param name what it is called
   * @param type its media type, such as {@code application/pdf}
   */
  public Attachment(String name, String type, byte[] content) {
    this.name = name;
    this.type = type;
    this.content = content.clone();
  }

  /** Returns what it is called. */
  public String name() {
    return name;
  }

  /** Returns its media type. */
  public String type() {
    return type;
  }

  /** Returns a copy of its bytes. */
  public byte[] content() {
    return content.clone();
  }
}
