package dev.storewatch.cli;

import dev.storewatch.quality.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What reports are made of: an installation, or files alone. */
interface ReportMaker {
  /**
   * Computes a report and writes its rows.
   *
   * @return what to know about the data that they rest on
   */
  List<Notice> report(ReportOptions request, OutputStream out) throws IOException;
}
