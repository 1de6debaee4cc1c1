package dev.storewatch.copy;

import dev.storewatch.poll.PollPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** All that is to be copied, as units that are copied one after the other. */
record Plan(List<Unit> units) {
  /** Makes a plan of what is in a place; its units have about {@code rowsOfUnit} rows at most. */
  static Plan of(Place from, long rowsOfUnit) {
    List<Unit> units = new ArrayList<>();
    Table.ALL.forEach(table -> units.addAll(ofTable(from, table, rowsOfUnit)));
    int lastKey = greatestKey(from);
    from.pollParts().forEach(part -> units.addAll(ofPolls(part, lastKey, rowsOfUnit)));
    from.uploads().forEach(importId -> units.add(new Unit.OfUpload(importId)));
    return new Plan(List.copyOf(units));
  }

  private static List<Unit> ofTable(Place from, Table table, long rowsOfUnit) {
    Table.Division division = table.division();
    if (division == null) {
      return List.of(new Unit.OfTable(table, Slice.ALL, from.count(table)));
    }
    List<Slice.Count> counts =
        from.database()
            .call(
                () ->
                    from.database()
                        .jdbc()
                        .sql(division.counts())
                        .query((row, n) -> new Slice.Count(row.getString(1), row.getLong(2)))
                        .list());
    return Slice.divide(counts, rowsOfUnit).stream()
        .map(sized -> (Unit) new Unit.OfTable(table, sized.slice(), sized.rows()))
        .toList();
  }

  private static int greatestKey(Place from) {
    return from.database()
        .call(
            () ->
                from.database()
                    .jdbc()
                    .sql("SELECT coalesce(max(store_key), 0) FROM store")
                    .query(Integer.class)
                    .single());
  }

  private static List<Unit> ofPolls(PollPart part, int lastKey, long rowsOfUnit) {
    List<Unit> units = new ArrayList<>();
    long count = Math.clamp(Math.ceilDiv(part.polls(), rowsOfUnit), 1, Math.max(1, lastKey));
    for (long i = 0; i < count; i++) {
      int first = (int) (1 + lastKey * i / count);
      int last = (int) (lastKey * (i + 1) / count);
      units.add(new Unit.OfPolls(part.name(), part.time(), first, last, part.polls() / count));
    }
    return units;
  }

  long rows() {
    return units.stream().mapToLong(Unit::rows).sum();
  }

  /** Returns a text that differs when the units or their numbers of rows differ. */
  String fingerprint() {
    String text =
        units.stream()
            .map(unit -> unit.name() + " " + unit.rows())
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
