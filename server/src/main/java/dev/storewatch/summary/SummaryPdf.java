package dev.storewatch.summary;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.jspecify.annotations.Nullable;

/** The page of a summary as PDF; the same summary gives the same bytes. */
public final class SummaryPdf {
  private static final String PRODUCER = "Storewatch";
  private static final String LAST_SIZE = "6pt";

  /** The sizes of letters, of which the largest is taken with which all has room on one page. */
  private static final List<String> SIZES = List.of("9pt", "8pt", "7pt", LAST_SIZE);

  /** A date that the library writes by the clock. */
  private static final Pattern DATE =
      Pattern.compile("(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*(<)");

  private SummaryPdf() {}

  /** What is needed once, for all pages. */
  private static final class Templates {
    static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    static {
      // It writes to the standard error by itself; what goes wrong is thrown.
      XRLog.setLoggingEnabled(false);
    }
  }

  /** Returns the page of a summary. */
  public static byte[] of(OwnerSummary summary) {
    SummaryWords words = SummaryWords.of(summary, new PageFont());
    Instant asOf = summary.asOf();
    byte[] page = null;
    for (String size : SIZES) {
      page = page(html(words, size), asOf == null ? Instant.EPOCH : asOf, size.equals(LAST_SIZE));
      if (page != null) {
        break;
      }
    }
    return Objects.requireNonNull(page);
  }

  /** Returns the PDF of some HTML; null if it takes more than one page, unless it may. */
  private static byte @Nullable [] page(String html, Instant date, boolean mayBeLonger) {
    PageFont.useAlone();
    PdfRendererBuilder builder =
        new PdfRendererBuilder()
            .useFastMode()
            .usePdfUaAccessibility(true)
            .withProducer(PRODUCER)
            .useFont(PageFont::open, PageFont.NAME, 400, FontStyle.NORMAL, true)
            .withHtmlContent(html, null);
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
        PDDocument document = renderer.createPDFKeepOpen()) {
      if (document.getNumberOfPages() > 1 && !mayBeLonger) {
        return null;
      }
      date(document, date);
      document.setDocumentId(id(html));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String html(SummaryWords words, String size) {
    StringOutput html = new StringOutput();
    Templates.ENGINE.render(
        "summary/summary.jte", Map.<String, Object>of("summary", words, "size", size), html);
    return html.toString();
  }

  /** Has the file say that it is of an instant of the data, not of the moment of its making. */
  private static void date(PDDocument page, Instant instant) throws IOException {
    Calendar date = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
    date.setTimeInMillis(instant.toEpochMilli());
    PDDocumentInformation information = page.getDocumentInformation();
    information.setCreationDate(date);
    information.setModificationDate(date);
    PDMetadata metadata = page.getDocumentCatalog().getMetadata();
    if (metadata != null) {
      String text = new String(metadata.toByteArray(), StandardCharsets.UTF_8);
      String dated = DATE.matcher(text).replaceAll("$1" + instant + "$2");
      metadata.importXMPMetadata(dated.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static long id(String html) {
    CRC32 sum = new CRC32();
    sum.update(Objects.requireNonNull(html).getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
