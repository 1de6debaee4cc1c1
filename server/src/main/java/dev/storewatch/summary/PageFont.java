package dev.storewatch.summary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * The font of pages, as one page uses it: it notes whether a letter was asked for that it does not
 * have.
 */
final class PageFont {
  /** How the style sheet calls it. */
  static final String NAME = "Liberation Sans";

  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private boolean missing;

  /** Read once, when the first page is made. */
  private static final class Read {
    static final byte[] BYTES = bytes();
    static final TrueTypeFont FONT = font();
    static final CmapLookup LETTERS = letters();

    private static byte[] bytes() {
      try (InputStream file = PDDocument.class.getResourceAsStream(FILE)) {
        if (file == null) {
          throw new IllegalStateException("PDFBox has no font any more: " + FILE);
        }
        return file.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Stays open, because its tables are read when they are needed. */
    private static TrueTypeFont font() {
      try {
        return new TTFParser().parse(new RandomAccessReadBuffer(BYTES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static CmapLookup letters() {
      try {
        return FONT.getUnicodeCmapLookup();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Has the library know this font alone. */
  static void useAlone() {
    FontMappers.set(new OwnFonts(Read.FONT));
  }

  static InputStream open() {
    return new ByteArrayInputStream(Read.BYTES);
  }

  /**
   * Returns a text in which each letter that the font does not have, or that is read from right to
   * left and would stand in the wrong order, is its number in Unicode.
   */
  String readable(String text) {
    StringBuilder readable = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              if (has(letter)) {
                readable.appendCodePoint(letter);
              } else {
                missing = true;
                readable.append("[U+%04X]".formatted(letter));
              }
            });
    return readable.toString();
  }

  private static boolean has(int letter) {
    return switch (Character.getDirectionality(letter)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_BOUNDARY_NEUTRAL ->
          false;
      default -> !Character.isISOControl(letter) && Read.LETTERS.getGlyphId(letter) != 0;
    };
  }

  /** Returns whether a text had a letter that the font does not have. */
  boolean wasMissing() {
    return missing;
  }
}
