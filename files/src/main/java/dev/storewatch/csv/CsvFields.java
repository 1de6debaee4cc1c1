package dev.storewatch.csv;

/** Texts as fields of CSV, quoted as RFC 4180 says. */
public final class CsvFields {
  private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
  private static final String FORMULA_BLANKS = " \u00A0\t\r\n";

  private CsvFields() {}

  /**
   * Returns a text as a field. One that a spreadsheet would read as a formula gets an apostrophe
   * before it, which makes it text there.
   */
  public static String of(String value) {
    String text = isFormula(value) ? "'" + value : value;
    return isPlain(text) && text.length() == value.length()
        ? value
        : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return false;
      }
    }
    return true;
  }

  private static boolean isFormula(String text) {
    int first = 0;
    while (first < text.length() && FORMULA_BLANKS.indexOf(text.charAt(first)) >= 0) {
      first++;
    }
    boolean blankThatStarts = first > 0 && text.charAt(0) != ' ' && text.charAt(0) != '\u00A0';
    return blankThatStarts
        || (first < text.length() && FORMULA_STARTS.indexOf(text.charAt(first)) >= 0);
  }
}
