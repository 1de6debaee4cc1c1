package dev.storewatch.input;

import org.jspecify.annotations.Nullable;

/**
 * Something that a person or a program sent, typed or set is invalid. The message says what is
 * wrong and what would be right, in words for whoever did it: it is shown as it is, by the answer
 * 400 to a request, by the line of a command, by the refusal of a setting.
 *
 * <p>Any other {@link IllegalArgumentException} is a mistake of the program, which is logged and
 * answered as one. Before this type, both were answered 400, and mistakes were never seen.
 */
public class WrongInput extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Something that is invalid. */
  public WrongInput(String message) {
    super(message);
  }

  /** Something that is invalid, as a failure below shows. */
  public WrongInput(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
