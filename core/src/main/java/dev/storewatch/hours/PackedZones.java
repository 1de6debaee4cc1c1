package dev.storewatch.hours;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all zones in one file: lines of text, then the TZif files one after the other.
 *
 * <p>The first line says what the file is, the second the release of the rules. Each other line is
 * that of a zone, its names and then the length of its TZif file with blanks between. An empty line
 * ends the text. Names are of one zone if they have the same rules throughout.
 */
final class PackedZones implements ZoneTable.Source {
  private static final String RESOURCE = "zone-table";
  private static final String MAGIC = "Storewatch zone table 1";

  private final String version;
  private final byte[] file;
  private final Map<String, Entry> entries;

  /** Made when they are first asked for, which is seldom at the start. */
  private volatile @Nullable NavigableSet<String> names;

  /** A zone: all its names, and where its rules are in the file. */
  private record Entry(List<String> names, int from, int length) {}

  private PackedZones(String version, byte[] file, Map<String, Entry> entries) {
    this.version = version;
    this.file = file;
    this.entries = entries;
  }

  /** Reads the file that the program carries. */
  static PackedZones load() {
    try (InputStream bytes = PackedZones.class.getResourceAsStream(RESOURCE)) {
      return read(Objects.requireNonNull(bytes, RESOURCE).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PackedZones read(byte[] file) {
    int end = 0;
    while (file[end] != '\n' || file[end + 1] != '\n') {
      end++;
    }
    String[] lines = new String(file, 0, end, StandardCharsets.US_ASCII).split("\n", -1);
    if (!lines[0].equals(MAGIC)) {
      throw new IllegalArgumentException("it is not a zone table, or one of another version");
    }
    Map<String, Entry> entries = HashMap.newHashMap(lines.length * 2);
    int from = end + 2;
    for (int i = 2; i < lines.length; i++) {
      List<String> words = Arrays.asList(lines[i].split(" ", -1));
      List<String> names = words.subList(0, words.size() - 1);
      Entry entry = new Entry(names, from, Integer.parseInt(words.getLast()));
      for (String name : names) {
        entries.put(name, entry);
      }
      from += entry.length();
    }
    return new PackedZones(lines[1], file, entries);
  }

  /** Returns the file for the TZif files of all names. */
  static byte[] pack(String version, Map<String, byte[]> rules) {
    Map<String, List<String>> zones = new LinkedHashMap<>();
    rules.forEach(
        (name, tzif) ->
            zones
                .computeIfAbsent(
                    new String(tzif, StandardCharsets.ISO_8859_1), first -> new ArrayList<>())
                .add(name));
    StringBuilder text = new StringBuilder(MAGIC + "\n" + version + "\n");
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    zones.forEach(
        (tzif, names) -> {
          text.append(String.join(" ", names)).append(' ').append(tzif.length()).append('\n');
          bodies.writeBytes(tzif.getBytes(StandardCharsets.ISO_8859_1));
        });
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(bodies.toByteArray());
    return file.toByteArray();
  }

  String version() {
    return version;
  }

  @Override
  public NavigableSet<String> names() {
    NavigableSet<String> known = names;
    if (known == null) {
      known = Collections.unmodifiableNavigableSet(new TreeSet<>(entries.keySet()));
      names = known;
    }
    return known;
  }

  @Override
  public byte @Nullable [] rules(String name) {
    Entry entry = entries.get(name);
    return entry == null
        ? null
        : Arrays.copyOfRange(file, entry.from(), entry.from() + entry.length());
  }

  /** Returns all names of the zone of a name, none if there is no such zone. */
  List<String> namesLike(String name) {
    Entry entry = entries.get(name);
    return entry == null ? List.of() : entry.names();
  }
}
