package dev.storewatch.outage;

import java.io.PrintWriter;

/**
 * A writer of the content lines of iCalendar: it ends them with CRLF, and folds those that are
 * longer than 75 octets of UTF-8, as RFC 5545 3.1 says. The writer of ical4j counts characters
 * instead, so that a line of other scripts becomes up to three times as long.
 */
final class FoldedLines {
  private static final int MOST_OCTETS = 75;
  private static final String END = "\r\n";

  private final PrintWriter out;

  FoldedLines(PrintWriter out) {
    this.out = out;
  }

  /** Writes lines that are not folded yet, each with CRLF at its end. */
  void write(String lines) {
    lines.lines().forEach(this::fold);
  }

  /** Never within a character, which not every reader would put together again. */
  private void fold(String line) {
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int character = line.codePointAt(i);
      int more = octetsOf(character);
      if (octets + more > MOST_OCTETS) {
        out.print(END + ' ');
        octets = 1;
      }
      int next = i + Character.charCount(character);
      out.append(line, i, next);
      octets += more;
      i = next;
    }
    out.print(END);
  }

  private static int octetsOf(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x1_0000 ? 3 : 4;
  }
}
