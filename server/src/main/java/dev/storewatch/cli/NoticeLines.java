package dev.storewatch.cli;

import dev.storewatch.quality.Notice;
import java.io.PrintWriter;
import java.util.List;

/** Notices as lines for people, beside results that programs read. */
final class NoticeLines {
  private NoticeLines() {}

  /** Prints each notice as a line. */
  static void print(List<Notice> notices, PrintWriter out) {
    notices.forEach(notice -> out.println("note: " + notice.text()));
    out.flush();
  }

  /**
   * Prints each notice as a line, and how to list the stores.
   *
   * @param dataArguments the arguments by which another command finds the data
   */
  static void print(List<Notice> notices, String dataArguments, PrintWriter out) {
    print(notices, out);
    if (notices.stream().anyMatch(Notice::standsInTheList)) {
      out.println("  see the stores with: " + CalledAs.name() + " quality" + dataArguments);
      out.flush();
    }
  }
}
