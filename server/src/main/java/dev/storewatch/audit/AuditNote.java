package dev.storewatch.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What the call itself does not tell of a change.
 *
 * @param target what was changed, or null if the call says it
 * @param before what may be done with it, as it was before; null for what is new, or if that is not
 *     what the change is about
 * @param after the same as it is from now on; null for what is gone
 */
public record AuditNote(@Nullable String target, @Nullable String before, @Nullable String after) {
  /** Nothing to add. */
  public static final AuditNote NONE = of(null);

  private static final String ATTRIBUTE = AuditNote.class.getName();

  /** A note of a target alone. */
  public static AuditNote of(@Nullable String target) {
    return new AuditNote(target, null, null);
  }

  /** Leaves it for the entry of the request that this thread handles. */
  public void leave() {
    RequestAttributes request = RequestContextHolder.currentRequestAttributes();
    request.setAttribute(ATTRIBUTE, this, RequestAttributes.SCOPE_REQUEST);
  }

  /**
   * Returns what was left for the entry of a request.
   *
   * @param target what was changed, if nothing was left that says it
   */
  public static AuditNote left(HttpServletRequest request, @Nullable String target) {
    if (!(request.getAttribute(ATTRIBUTE) instanceof AuditNote note)) {
      return of(target);
    }
    return note.target == null ? new AuditNote(target, note.before, note.after) : note;
  }
}
