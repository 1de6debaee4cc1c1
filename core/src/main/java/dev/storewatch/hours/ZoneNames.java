package dev.storewatch.hours;

import dev.storewatch.input.Spelling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names of a table of zones, found by what people write for them: in any letter case, with or
 * without blanks and underscores, or the name that Windows has for the zone.
 */
final class ZoneNames {
  private static final String WINDOWS = "windows-zones";
  private static final int SHOWN = 3;

  /** How many letters may be wrong for a name to be worth naming. */
  private static final int MOST_WRONG = 4;

  private final Collection<String> names;
  private final Map<String, String> byPlain = new HashMap<>();

  ZoneNames(Collection<String> names) {
    this.names = names;
    names.forEach(name -> byPlain.put(plain(name), name));
    readWindowsNames();
  }

  private void readWindowsNames() {
    try (InputStream in =
            Objects.requireNonNull(ZoneNames.class.getResourceAsStream(WINDOWS), WINDOWS);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          String zone = byPlain.get(plain(line.substring(equals + 1)));
          if (zone != null) {
            byPlain.putIfAbsent(plain(line.substring(0, equals)), zone);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter != '_' && !Character.isSpaceChar(letter)) {
        plain.append(letter);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns the name in the table that somebody means, or null. */
  @Nullable String find(String text) {
    return byPlain.get(plain(text));
  }

  /** Returns the names that are most like a text, the most like first; none if all are far off. */
  List<String> nearest(String text) {
    String plain = plain(text);
    Map<String, Integer> distances = new HashMap<>();
    for (String name : names) {
      int distance =
          Math.min(Spelling.distance(plain, plain(name)), Spelling.distance(plain, city(name)));
      if (distance <= Math.min(MOST_WRONG, plain.length() / 2)) {
        distances.put(name, distance);
      }
    }
    return distances.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> entry) -> entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String city(String name) {
    return plain(name.substring(name.lastIndexOf('/') + 1));
  }
}
