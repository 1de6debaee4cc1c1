package dev.storewatch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.hours.Zone;
import dev.storewatch.notice.FaultKind;
import dev.storewatch.notice.Finding;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Registry.PackedHours;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreFaultsTest {
  private static final long FIRST_POLL = 1_770_000_000_000_000L;
  private static final long REFUSED = 1_770_000_001_000_000L;

  /** A store of a made-up registry. */
  private record Known(
      String id,
      boolean hours,
      boolean zone,
      boolean polled,
      @Nullable Long hoursFlagged,
      @Nullable Long zoneFlagged) {
    static Known described(String id) {
      return new Known(id, true, true, false, null, null);
    }

    static Known polled(String id) {
      return new Known(id, false, false, true, null, null);
    }

    static Known whole(String id) {
      return new Known(id, true, true, true, null, null);
    }
  }

  /** Returns a registry of stores, which are in the order of their ids. */
  private static Registry registry(Known... stores) {
    Registry.Builder builder = new Registry.Builder(stores.length);
    int[] starts = new int[stores.length + 2];
    int hours = 0;
    for (int key = 1; key <= stores.length; key++) {
      Known store = stores[key - 1];
      builder.add(
          key,
          store.id,
          null,
          store.zone ? Zone.of("America/New_York") : null,
          store.polled ? FIRST_POLL : null);
      builder.flag(key, store.hoursFlagged, store.zoneFlagged);
      builder.tag(key, Set.of(store.id.startsWith("t") ? "theirs" : "mine"));
      starts[key] = hours;
      hours += store.hours ? 1 : 0;
    }
    starts[stores.length + 1] = hours;
    long[] intervals = new long[hours];
    Arrays.fill(intervals, PackedHours.pack(0, 0, 3600));
    return builder.build(new PackedHours(starts, intervals));
  }

  private static StoreFaults faults(Known... stores) {
    return new StoreFaults(registry(stores), Scope.EVERYTHING);
  }

  private static Stream<String> rows(StoreFaults faults) {
    return faults.all().map(fault -> fault.storeId() + " " + fault.code() + " " + fault.since());
  }

  @Test
  void findsNothingInAWholeFleet() {
    StoreFaults faults = faults(Known.whole("a"), Known.whole("b"));

    assertThat(faults.all()).isEmpty();
    assertThat(faults.findings()).isEqualTo(Findings.NONE);
    assertThat(faults.findings().header()).isNull();
  }

  @Test
  void givesARowForEachStoreAndFault() {
    Instant refused = Instant.parse("2026-02-02T02:40:01Z");
    StoreFaults faults =
        faults(
            Known.polled("a"),
            Known.described("b"),
            new Known("c", true, true, true, REFUSED, REFUSED),
            new Known("d", false, true, true, null, null),
            new Known("e", true, false, true, null, null),
            new Known("f", false, false, true, null, REFUSED),
            new Known("g", false, false, false, null, null));

    assertThat(rows(faults))
        .containsExactly(
            "a assumed-hours null",
            "a assumed-zone null",
            "a polled-only 2026-02-02T02:40:00Z",
            "b never-polled null",
            "c flagged-hours " + refused,
            "c flagged-zone " + refused,
            "d assumed-hours null",
            "e assumed-zone null",
            "f flagged-zone " + refused,
            "f assumed-hours null",
            "g assumed-hours null",
            "g assumed-zone null");
    assertThat(faults.findings().header())
        .isEqualTo(
            "flagged-hours=1, flagged-zone=2, assumed-hours=4, assumed-zone=3, polled-only=1,"
                + " never-polled=1");
    assertThat(faults.all().filter(fault -> fault.code().equals("flagged-zone")))
        .extracting(Fault::detail)
        .containsExactly(
            "a row of its time zone was refused: it counts on America/New_York until a good one"
                + " comes in",
            "a row of its time zone was refused: it counts on America/Chicago until a good one"
                + " comes in");
  }

  @Test
  void namesThreeExamples() {
    Known[] stores =
        IntStream.range(1, 1500)
            .mapToObj(i -> new Known("s%04d".formatted(i), true, false, true, null, null))
            .toArray(Known[]::new);

    assertThat(faults(stores).findings().notices())
        .containsExactly(
            new Notice(
                "assumed-zone",
                "1,499 stores have no time zone, so they are taken to be in America/Chicago, such"
                    + " as s0001, s0002, s0003",
                1499,
                List.of("s0001", "s0002", "s0003")));
  }

  @Test
  void pairsIdsThatAreNearlyTheSame() {
    StoreFaults faults =
        faults(
            Known.described("0042"),
            Known.described("123"),
            Known.polled("123.0"),
            Known.polled("42"),
            Known.described("Main Street"),
            Known.polled("MainStreet"),
            Known.polled("nothing like it"));

    assertThat(faults.findings().notices())
        .filteredOn(notice -> notice.code().equals("polled-only"))
        .extracting(Notice::text)
        .containsExactly(
            "4 stores are polled but have neither business hours nor a time zone, such as 123.0,"
                + " 42, MainStreet; did you mean '123' by '123.0'?; did you mean '0042' by '42'?;"
                + " did you mean 'Main Street' by 'MainStreet'?");
    assertThat(faults.all())
        .filteredOn(fault -> fault.code().equals("polled-only"))
        .extracting(Fault::detail)
        .containsExactly(
            "it is polled but in no file of hours or zones; did you mean '123' by '123.0'?",
            "it is polled but in no file of hours or zones; did you mean '0042' by '42'?",
            "it is polled but in no file of hours or zones; did you mean 'Main Street' by"
                + " 'MainStreet'?",
            "it is polled but in no file of hours or zones");
  }

  @Test
  void namesNoStoreOutsideTheScope() {
    Registry registry = registry(Known.polled("007"), Known.described("m"), Known.described("t7"));
    StoreFaults mine = new StoreFaults(registry, Scope.of(Set.of("mine")));

    assertThat(mine.all()).extracting(Fault::storeId).containsOnly("007", "m");
    assertThat(
            new StoreFaults(
                    registry(Known.polled("t 7"), Known.described("t7")), Scope.of(Set.of("mine")))
                .findings())
        .isEqualTo(Findings.NONE);
  }

  @Test
  void namesNoStoreThatTheReaderMayNotSee() {
    Findings kept =
        Findings.ofKept(faults(Known.described("123"), Known.polled("123.0")).findings().kept());

    assertThat(kept.notices(id -> !id.equals("123")))
        .filteredOn(notice -> notice.code().endsWith("ed-only") || notice.code().startsWith("nev"))
        .extracting(Notice::text)
        .containsExactly(
            "1 store is polled but has neither business hours nor a time zone: 123.0",
            "1 store has business hours or a time zone but was never polled");
  }

  @Test
  void keepsAllThatItTells() {
    Findings findings =
        faults(Known.described("123"), Known.polled("123.0"))
            .findings()
            .after(
                Finding.of(
                    new Finding.LateAsOf(3, 1_000_000, 2, 1, List.of("x")), 2, List.of("y")));

    assertThat(Findings.ofKept(findings.kept())).isEqualTo(findings);
    assertThat(Findings.ofKept(null)).isEqualTo(Findings.NONE);
  }

  @Test
  void tellsOfWhatANewerProgramFound() {
    Findings newer =
        Findings.ofKept("[{\"code\":\"odd\",\"count\":2,\"examples\":[\"a\"],\"x\":1}]");

    assertThat(newer.header()).isEqualTo("odd=2");
    assertThat(newer.notices().getFirst().text())
        .isEqualTo("a newer version of Storewatch found 'odd' here, such as a");
  }

  @Test
  void findsTheNearMissesOfALargeFleet() {
    int half = 50_000;
    Known[] stores =
        Stream.concat(
                IntStream.range(0, half).mapToObj(i -> Known.described("%06d".formatted(i))),
                IntStream.range(0, half).mapToObj(i -> Known.polled("%06d.0".formatted(i))))
            .toArray(Known[]::new);
    StoreFaults faults = faults(stores);

    assertThat(faults.all().filter(fault -> fault.detail().contains("did you mean"))).hasSize(half);
  }

  @Test
  void describesEveryCode() throws NoSuchMethodException {
    Stream<String> kinds = Arrays.stream(FaultKind.values()).map(FaultKind::code);

    assertThat(codes(Fault.class)).containsExactlyElementsOf(kinds.toList());
    assertThat(codes(Notice.class))
        .startsWith(codes(Fault.class))
        .endsWith(Finding.LATE_AS_OF, Finding.UNFINISHED);
  }

  private static String[] codes(Class<?> type) throws NoSuchMethodException {
    return type.getMethod("code").getAnnotation(Schema.class).allowableValues();
  }
}
