package dev.storewatch.source;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.OptionWords;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Answer;
import dev.storewatch.outgoing.NotAnswered;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One pull of one source: the file is fetched, and taken if it is not the one of before. */
final class Pull {
  private static final int NOT_MODIFIED = 304;
  private static final String HIDDEN = "(the secret)";

  /** The longest time for which another machine may ask to be left alone. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Outgoing outgoing;
  private final FileIntake intake;
  private final SourceSettings settings;
  private final SecretReference.Environment environment;
  private final Path temporary;
  private final long mostBytes;

  /**
   * Pulls.
   *
   * @param temporary the folder of files that are being fetched
   * @param mostBytes the largest file that is fetched
   */
  Pull(
      Outgoing outgoing,
      FileIntake intake,
      SourceSettings settings,
      SecretReference.Environment environment,
      Path temporary,
      long mostBytes) {
    this.outgoing = outgoing;
    this.intake = intake;
    this.settings = settings;
    this.environment = environment;
    this.temporary = temporary;
    this.mostBytes = mostBytes;
  }

  /**
   * What a pull brought.
   *
   * @param last what is known of the source now
   * @param pause how long the other machine asks to be left alone, if it does
   */
  record Brought(LastPull last, Optional<Duration> pause) {}

  /**
   * Pulls a source.
   *
   * @throws DatabaseUnavailable if what was pulled cannot be kept now
   */
  Brought run(PulledSource source, LastPull before, Instant now) {
    Path file = temporary.resolve("pull-" + UUID.randomUUID());
    try {
      source.timing().check();
      return answered(source, before, outgoing.fetch(request(source, before), file), file, now);
    } catch (NotAnswered e) {
      return failed(before, e.getMessage() + setting(e.reason()), now);
    } catch (BadFileException | WrongInput e) {
      return failed(before, withoutSecret(source, String.valueOf(e.getMessage())), now);
    } catch (SecretReference.Missing e) {
      return failed(before, String.valueOf(e.getMessage()), now);
    } catch (DatabaseUnavailable e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return failed(before, e.toString(), now);
    } finally {
      delete(file);
    }
  }

  /**
   * What is wrong with a file shows how it begins, and a machine may send back what it was sent.
   */
  private String withoutSecret(PulledSource source, String text) {
    SecretReference reference = source.secret();
    if (reference == null) {
      return text;
    }
    try {
      String secret = reference.read(environment, settings.secrets());
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return text.replace(secret, HIDDEN)
          .replace(Base64.getEncoder().encodeToString(bytes), HIDDEN);
    } catch (SecretReference.Missing e) {
      return e.getMessage() + ", so what is wrong with the file is not told";
    }
  }

  /** Names the setting that a file is too large for. */
  private static String setting(NotAnswered.Reason reason) {
    return reason == NotAnswered.Reason.TOO_LARGE ? " (storewatch.limits.upload-bytes)" : "";
  }

  private Request request(PulledSource source, LastPull before) throws SecretReference.Missing {
    Request request =
        Request.get(source.url())
            .within(settings.timeout())
            .reading(mostBytes)
            .with("Accept", "text/csv, application/x-ndjson, application/gzip, */*;q=0.5");
    if (before.etag() != null) {
      request = request.with("If-None-Match", before.etag());
    } else if (before.modified() != null) {
      request = request.with("If-Modified-Since", before.modified());
    }
    SecretReference secret = source.secret();
    return secret == null
        ? request
        : source.sentAs().on(request, secret.read(environment, settings.secrets()));
  }

  private Brought answered(
      PulledSource source, LastPull before, Answer answer, Path file, Instant now)
      throws IOException {
    if (answer.status() == NOT_MODIFIED && before.hash() != null) {
      return brought(before.unchanged(before.etag(), before.modified(), now));
    }
    if (!answer.isSuccess()) {
      return new Brought(
          before.failed("%s answers %d".formatted(source.url(), answer.status()), now),
          answer.header("Retry-After").flatMap(text -> wait(text, now)));
    }
    String etag = sendable(answer.header("ETag"));
    String modified = sendable(answer.header("Last-Modified"));
    String hash = hash(file);
    if (hash.equals(before.hash())) {
      return brought(before.unchanged(etag, modified, now));
    }
    String id = importId(source, before, hash);
    ImportOrder order =
        new ImportOrder(
            id, ImportRun.PULLED + source.name(), source.options().in(OptionWords.SOURCE), null);
    var _ = intake.take(file, order, source.kind());
    return brought(before.imported(hash, etag, modified, id, now));
  }

  /** The same for the same file at the same place in the row of imports, so none is taken twice. */
  private static String importId(PulledSource source, LastPull before, String hash) {
    String name = "%s %d %s".formatted(source.id(), before.imports(), hash);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Brought brought(LastPull last) {
    return new Brought(last, Optional.empty());
  }

  private static Brought failed(LastPull before, String why, Instant now) {
    return brought(before.failed(why, now));
  }

  /** What could not be sent back is not kept. */
  private static @Nullable String sendable(Optional<String> header) {
    return header
        .filter(text -> text.length() <= 500 && text.matches("[\\x20-\\x7E]+"))
        .orElse(null);
  }

  /** Reads {@code Retry-After}: seconds, or an instant in the words of HTTP. */
  static Optional<Duration> wait(String text, Instant now) {
    try {
      Duration asked =
          text.strip().matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text.strip()))
              : Duration.between(
                  now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
      return asked.isNegative()
          ? Optional.empty()
          : Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String hash(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      var _ = in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The folder is emptied when the program starts.
    }
  }
}
