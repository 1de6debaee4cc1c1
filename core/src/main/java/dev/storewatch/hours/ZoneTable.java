package dev.storewatch.hours;

import dev.storewatch.input.WrongInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the rules of all time zones, of one release of the IANA data, for any number of
 * threads.
 *
 * <p>The program carries one, so that the same data give the same numbers whatever Java runs it: a
 * runtime has the rules of the day it was built, which are wrong by an hour where a country has
 * changed its clocks since. A process uses one table throughout; which one is said at its start, by
 * {@link #use}, or it is the bundled one.
 *
 * <p>The rules of a zone are read when they are first needed.
 */
public final class ZoneTable {
  /** The folder in which operating systems have their table. */
  public static final Path OF_SYSTEM = Path.of("/usr/share/zoneinfo");

  private static final String UNKNOWN = "unknown";

  /** The characters of the longest text that is compared with names. */
  private static final int LONGEST = 60;

  private static volatile @Nullable ZoneTable inUse;

  private final String version;
  private final Source source;
  private final Map<String, Zone> zones = new ConcurrentHashMap<>();

  /** Made when a name is first asked for that is not exactly one of the table. */
  private volatile @Nullable ZoneNames zoneNames;

  private ZoneTable(String version, Source source) {
    this.version = version;
    this.source = source;
  }

  /** Where the rules are read from. */
  interface Source {
    /** Returns all names, aliases included. */
    NavigableSet<String> names();

    /** Returns the TZif file of a zone, or null if there is no zone of this name. */
    byte @Nullable [] rules(String name);
  }

  private static final class Bundled {
    static final ZoneTable TABLE = load();

    private static ZoneTable load() {
      PackedZones packed = PackedZones.load();
      return new ZoneTable(packed.version(), packed);
    }
  }

  /** Returns the table that the program carries. */
  public static ZoneTable bundled() {
    return Bundled.TABLE;
  }

  /**
   * Returns the table of a folder of TZif files, as operating systems have it in {@code
   * /usr/share/zoneinfo}. A name that the folder lacks, because the system has its old names in
   * another package, has the rules of another name of the same zone, and else the bundled ones.
   *
   * @throws WrongInput if it is not such a folder, or a file in it cannot be read
   */
  public static ZoneTable ofFolder(Path folder) {
    ZoneFolder files = ZoneFolder.of(folder);
    ZoneTable table = new ZoneTable(files.version(), new WithOldNames(files, PackedZones.load()));
    // Now and not when somebody needs the zone: then it would stop the work of a server.
    files.names().forEach(table::find);
    return table;
  }

  /**
   * Returns the release that a folder of TZif files says it is of, and the word unknown if it does
   * not say. No zone is read.
   */
  public static String versionOf(Path folder) {
    try {
      return ZoneFolder.readVersion(folder);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Returns whether a release is newer than another; not if one of them is unknown. */
  public static boolean isNewer(String release, String than) {
    return place(release).compareTo(place(than)) > 0 && !place(than).isEmpty();
  }

  /**
   * Returns a text in whose order releases follow each other: after 2026z comes 2026za. It is empty
   * for what is not the name of a release.
   */
  private static String place(String release) {
    return release.matches("\\d{4}[a-z]+") ? release.length() + release : "";
  }

  /** Returns the table that this process uses. */
  public static ZoneTable inUse() {
    ZoneTable table = inUse;
    return table == null ? bundled() : table;
  }

  /** Says which table this process uses. To be called before anything is read or computed. */
  public static void use(ZoneTable table) {
    inUse = table;
  }

  /** Returns the release of the rules, for example {@code 2026f}. */
  public String version() {
    return version;
  }

  /** Returns all names in order, aliases included. */
  public NavigableSet<String> names() {
    return source.names();
  }

  /** Returns the zone of exactly this name, the same each time, or null if there is none. */
  public @Nullable Zone find(String name) {
    Zone known = zones.get(name);
    if (known != null) {
      return known;
    }
    byte[] rules = source.rules(name);
    if (rules == null) {
      return null;
    }
    Zone read = new Zone(name, read(name, rules));
    Zone earlier = zones.putIfAbsent(name, read);
    return earlier == null ? read : earlier;
  }

  private Tzif read(String name, byte[] rules) {
    try {
      return Tzif.read(rules);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(
          "the rules of the time zone %s in the table %s cannot be read: %s"
              .formatted(name, version, e.getMessage()),
          e);
    }
  }

  /**
   * Returns the zone that somebody means: the one of exactly this name, else the one of a name that
   * differs in letter case, blanks and underscores, else the one that Windows calls so. Its own
   * name is as the table spells it.
   *
   * @return the zone, null if there is none
   */
  public @Nullable Zone named(String text) {
    Zone exact = find(text);
    if (exact != null) {
      return exact;
    }
    String name = zoneNames().find(text);
    return name == null ? null : find(name);
  }

  /** Returns up to three names that are like one that is wrong, the most like first. */
  public List<String> nearest(String wrong) {
    return wrong.length() > LONGEST ? List.of() : zoneNames().nearest(wrong);
  }

  /** Two threads that need them at once come to equal ones. */
  private ZoneNames zoneNames() {
    ZoneNames known = zoneNames;
    if (known == null) {
      known = new ZoneNames(names());
      zoneNames = known;
    }
    return known;
  }

  /**
   * Returns the zone that somebody means, as {@link #named} finds it.
   *
   * @throws WrongInput if there is none; the message says which names are like it
   */
  public Zone zone(String text) {
    Zone zone = named(text);
    if (zone == null) {
      List<String> nearest = nearest(text);
      throw new WrongInput(
          "there is no time zone '%s': %suse an IANA name, for example America/New_York"
              .formatted(
                  text,
                  nearest.isEmpty()
                      ? ""
                      : "did you mean %s? Else ".formatted(String.join(" or ", nearest))));
    }
    return zone;
  }

  /**
   * Writes the table of a folder as the resource that the program carries.
   *
   * @param folder a folder of TZif files of one release
   * @param version its release, for example {@code 2026f}
   * @param target the file to write
   * @return how many names it has
   */
  public static int pack(Path folder, String version, Path target) throws IOException {
    ZoneFolder files = ZoneFolder.of(folder);
    Map<String, byte[]> rules = new TreeMap<>();
    for (String name : files.names()) {
      byte[] file = Objects.requireNonNull(files.rules(name));
      rules.put(name, Tzif.read(file).slim().toBytes());
    }
    Files.write(target, PackedZones.pack(version, rules));
    return rules.size();
  }

  /** A folder, with the names that it lacks. */
  private record WithOldNames(ZoneFolder folder, PackedZones bundled) implements Source {
    @Override
    public NavigableSet<String> names() {
      NavigableSet<String> all = new TreeSet<>(folder.names());
      all.addAll(bundled.names());
      return all;
    }

    @Override
    public byte @Nullable [] rules(String name) {
      byte[] own = folder.rules(name);
      if (own != null) {
        return own;
      }
      return bundled.namesLike(name).stream()
          .map(folder::rules)
          .filter(Objects::nonNull)
          .findFirst()
          .orElseGet(() -> bundled.rules(name));
    }
  }

  /** A folder of TZif files. */
  private record ZoneFolder(Path folder, String version, NavigableSet<String> names)
      implements Source {
    /** What lies beside the zones: copies with leap seconds, and files of the system's own zone. */
    private static final String NO_ZONE =
        "(?:right|posix|localtime|posixrules|Factory)(?:/.*)?|.*\\.(?:tab|zi|list)";

    static ZoneFolder of(Path given) {
      try {
        // A walk does not follow links, and the folder itself may be one.
        return read(given.toRealPath(), given);
      } catch (UncheckedIOException e) {
        throw notOne(given, e.getCause());
      } catch (IOException e) {
        throw notOne(given, e);
      }
    }

    private static ZoneFolder read(Path folder, Path given) throws IOException {
      // Before the walk, because that of some other folder may take for ever.
      if (Stream.of("UTC", "Etc/UTC")
          .noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
        throw notOne(given, null);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        NavigableSet<String> names = new TreeSet<>();
        files
            .filter(Files::isRegularFile)
            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
            .filter(name -> !name.matches(NO_ZONE) && isZone(folder.resolve(name)))
            .forEach(names::add);
        if (!names.contains("UTC") && !names.contains("Etc/UTC")) {
          throw notOne(given, null);
        }
        return new ZoneFolder(folder, readVersion(folder), names);
      }
    }

    private static WrongInput notOne(Path folder, @Nullable IOException cause) {
      return new WrongInput(
          "'%s' is not a folder of time zones (TZif files)%s: use for example %s"
              .formatted(folder, cause == null ? "" : ", " + cause, OF_SYSTEM),
          cause);
    }

    private static boolean isZone(Path file) {
      try (InputStream bytes = Files.newInputStream(file)) {
        return Tzif.isOne(bytes.readNBytes(64));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Returns the release that the folder says it is of, else the word unknown. */
    private static String readVersion(Path folder) throws IOException {
      for (String file : new String[] {"tzdata.zi", "+VERSION"}) {
        try (BufferedReader text =
            Files.newBufferedReader(folder.resolve(file), StandardCharsets.ISO_8859_1)) {
          String line = Objects.requireNonNullElse(text.readLine(), "");
          return line.replaceFirst("^# version ", "").strip();
        } catch (NoSuchFileException _) {
          // The other file may be there.
        }
      }
      return UNKNOWN;
    }

    @Override
    public byte @Nullable [] rules(String name) {
      try {
        return names.contains(name) ? Files.readAllBytes(folder.resolve(name)) : null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
