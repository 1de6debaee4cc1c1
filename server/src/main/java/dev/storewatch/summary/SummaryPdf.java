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
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDMetadata;

/** The page of a summary as PDF; the same summary gives the same bytes. */
public final class SummaryPdf {
  private static final String PRODUCER = "Storewatch";

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
    String html = html(summary);
    Instant asOf = summary.asOf();
    PdfRendererBuilder builder =
        new PdfRendererBuilder()
            .useFastMode()
            .usePdfUaAccessibility(true)
            .withProducer(PRODUCER)
            .useFont(PageFont::open, PageFont.NAME, 400, FontStyle.NORMAL, true)
            .withHtmlContent(html, null);
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
        PDDocument page = renderer.createPDFKeepOpen()) {
      date(page, asOf == null ? Instant.EPOCH : asOf);
      page.setDocumentId(id(html));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      page.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the page of a summary before it is one of PDF. */
  static String html(OwnerSummary summary) {
    StringOutput html = new StringOutput();
    Templates.ENGINE.render(
        "summary/summary.jte",
        Map.<String, Object>of("summary", SummaryWords.of(summary, new PageFont())),
        html);
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
