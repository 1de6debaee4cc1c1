package dev.storewatch.outgoing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Another machine was not asked, or gave no answer that can be used. */
public final class NotAnswered extends IOException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  NotAnswered(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why there is no answer. */
  public enum Reason {
    /** The address may not be asked; it is no use to try again. */
    ADDRESS_REFUSED,
    /** There is no such name, or nobody knows at the moment. */
    NAME_UNKNOWN,
    /** Nobody accepts connections there. */
    NOT_CONNECTED,
    /** The other machine does not prove who it is, or speaks no encryption that we do. */
    TLS,
    /** It took too long. */
    TIMEOUT,
    /** The answer is larger than is read. */
    TOO_LARGE,
    /** There were too many redirects, or one leads nowhere that may be asked. */
    REDIRECT,
    /** The connection ended before the answer did, or what came was no HTTP. */
    BROKEN_OFF
  }

  /** Returns why there is no answer. */
  public Reason reason() {
    return reason;
  }

  /** Returns whether the same request may be answered another time. */
  public boolean mayPass() {
    return reason != Reason.ADDRESS_REFUSED && reason != Reason.TOO_LARGE;
  }
}
