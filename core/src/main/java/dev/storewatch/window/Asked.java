package dev.storewatch.window;

import dev.storewatch.input.WrongInput;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * A window as somebody asks for it: one that is known, or one that the date makes known, such as
 * yesterday.
 */
public sealed interface Asked permits Window, Recent {
  /** Returns the window that is meant where it is some date. */
  default Window at(LocalDate today) {
    // A switch over types has Java make a class at run time, for which a short command would wait.
    return this instanceof Recent recent ? recent.on(today) : (Window) this;
  }

  /** Returns what to ask for to have the same length of time before it, with which it compares. */
  Asked before();

  /** Returns it as text, which {@link #parse} reads. */
  String format();

  /**
   * Reads what {@link Window#parse} reads, and {@code today}, {@code yesterday}, {@code this-week},
   * {@code last-week}, {@code this-month} and {@code last-month}. With {@code -before} at the end
   * it is the same length of time before that.
   *
   * @throws WrongInput if the text is something else
   */
  static Asked parse(String text) {
    String stripped = text.strip();
    boolean isBefore = stripped.endsWith(Before.SUFFIX);
    String plain =
        isBefore ? stripped.substring(0, stripped.length() - Before.SUFFIX.length()) : text;
    Asked asked =
        Recent.read(plain).<Asked>map(recent -> recent).orElseGet(() -> Windows.read(plain));
    return isBefore ? asked.before() : asked;
  }

  /**
   * Reads several, separated by commas: {@code PT1H,P1D,2026-03}.
   *
   * @throws WrongInput if one is none
   */
  static List<Asked> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(Asked::parse).toList();
  }
}
