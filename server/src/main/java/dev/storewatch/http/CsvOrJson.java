package dev.storewatch.http;

import java.util.Comparator;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** Answers that a client has as JSON, or whole as CSV if it says so. */
public final class CsvOrJson {
  public static final String CSV = "text/csv";
  public static final MediaType CSV_UTF8 = MediaType.parseMediaType(CSV + ";charset=UTF-8");

  private static final MediaType ANY_CSV = MediaType.parseMediaType(CSV);

  private CsvOrJson() {}

  /**
   * Checks that a client takes one of both, where the path would mean something else if it did not
   * ({@code produces} of a mapping is also what finds it).
   *
   * @throws HttpMediaTypeNotAcceptableException if it takes neither
   */
  public static void checkAccepted(List<MediaType> accepted)
      throws HttpMediaTypeNotAcceptableException {
    boolean isTaken =
        accepted.isEmpty()
            || accepted.stream()
                .anyMatch(
                    type ->
                        type.isCompatibleWith(MediaType.APPLICATION_JSON)
                            || type.isCompatibleWith(ANY_CSV));
    if (!isTaken) {
      throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON, ANY_CSV));
    }
  }

  /** Returns whether a client wants CSV; one that accepts anything gets JSON. */
  public static boolean prefersCsv(List<MediaType> accepted) {
    return accepted.stream()
        .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
        .filter(
            type ->
                type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.isCompatibleWith(ANY_CSV))
        .findFirst()
        .map(type -> !type.isCompatibleWith(MediaType.APPLICATION_JSON))
        .orElse(false);
  }
}
