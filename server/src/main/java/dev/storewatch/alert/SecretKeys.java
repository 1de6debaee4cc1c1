package dev.storewatch.alert;

import dev.storewatch.setting.BadSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that encrypt the secrets of channels, none of which is in the database: the one of the
 * settings, else one in a file of the data folder, which is made when it is needed first.
 */
public final class SecretKeys {
  /** The name of the file in a data folder. */
  public static final String FILE = "alerts.key";

  private static final String IN_FILE = "file:";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final @Nullable SecretKey set;
  private final List<SecretKey> old;
  private final @Nullable Path file;

  /**
   * The keys of an installation.
   *
   * @param settings what was set
   * @param folder the data folder, where a key may be made; null where others could not have it,
   *     because they share the database and not the folder
   * @throws BadSetting if a key is none, or cannot be read
   */
  public SecretKeys(AlertSettings settings, @Nullable Path folder) {
    set = settings.key() == null ? null : parse("key", settings.key());
    old = settings.oldKeys().stream().map(text -> parse("old-keys", text)).toList();
    file = folder == null ? null : folder.resolve(FILE);
  }

  /** There is no key, so no secret can be kept. */
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing() {
      super(
          "there is no key for the secrets of channels: make one with `openssl rand -base64 32`, and set %s.key to it, for example as STOREWATCH_ALERTS_KEY in the environment of every server"
              .formatted(AlertSettings.PREFIX));
    }
  }

  /** Returns every key that may have encrypted something, the one in use first. */
  List<SecretKey> all() {
    List<SecretKey> keys = new ArrayList<>();
    if (set != null) {
      keys.add(set);
    }
    ofFile().ifPresent(keys::add);
    keys.addAll(old);
    return keys;
  }

  /**
   * Returns the key in use, and makes one if there is none yet.
   *
   * @throws Missing if there is none, and no data folder to keep one in
   */
  SecretKey inUse() {
    if (set != null) {
      return set;
    }
    return ofFile().orElseGet(this::made);
  }

  /** Returns what has to be done so that secrets can be read that a key encrypted. */
  String howToOpen(String keyId) {
    String place =
        file == null
            ? "as %s.key or one of %s.old-keys"
                .formatted(AlertSettings.PREFIX, AlertSettings.PREFIX)
            : "as the file %s, or as one of %s.old-keys".formatted(file, AlertSettings.PREFIX);
    return "put back the key %s %s, for example file:/etc/storewatch/alerts.key"
        .formatted(keyId, place);
  }

  private static SecretKey parse(String setting, String value) {
    boolean inFile = value.startsWith(IN_FILE);
    String text = inFile ? read(setting, Path.of(value.substring(IN_FILE.length()))) : value;
    return SecretKey.parse(text)
        .orElseThrow(
            () ->
                new BadSetting(
                    "%s.%s%s is not 32 bytes in base64: make a key with `openssl rand -base64 32`"
                        .formatted(AlertSettings.PREFIX, setting, inFile ? ", " + value + "," : ""),
                    null));
  }

  private static String read(String setting, Path path) {
    try {
      return Files.readString(path, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new BadSetting(
          "%s.%s: the file %s cannot be read: make it with `openssl rand -base64 32`, and let this program's user read it"
              .formatted(AlertSettings.PREFIX, setting, path),
          e);
    }
  }

  private Optional<SecretKey> ofFile() {
    if (file == null) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      return Optional.of(
          SecretKey.parse(text)
              .orElseThrow(
                  () ->
                      new BadSetting(
                          "the file %s is not 32 bytes in base64: put back the one that was there"
                              .formatted(file),
                          null)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BadSetting(
          "the file %s cannot be read: let this program's user read it".formatted(file), e);
    }
  }

  private SecretKey made() {
    if (file == null) {
      throw new Missing();
    }
    byte[] bytes = new byte[SecretKey.BYTES];
    RANDOM.nextBytes(bytes);
    try {
      Files.createFile(file, ownersAlone());
      Files.writeString(
          file,
          Base64.getEncoder().encodeToString(bytes) + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be made", e);
    }
    return new SecretKey(bytes);
  }

  private FileAttribute<?>[] ownersAlone() {
    return file != null && file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
