package dev.storewatch.outage;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import dev.storewatch.Seeds;
import dev.storewatch.interval.Micros;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outages as a calendar, as another library reads it. */
final class OutageCalendarTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00.25Z");
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String ID = "8419537941919820732";

  private static OutageView outage(String store, @Nullable String name, @Nullable Instant end) {
    return outage(ID, store, name, NINE, end);
  }

  private static OutageView outage(
      String id, String store, @Nullable String name, Instant start, @Nullable Instant end) {
    Instant until = end == null ? NOW : end;
    BigDecimal length = BigDecimal.valueOf(Micros.of(Duration.between(start, until)), 6);
    return new OutageView(
        id,
        store,
        name,
        start,
        end,
        end == null,
        end == null ? null : "recovery",
        start.minusSeconds(600),
        start.plusSeconds(600),
        until.minusSeconds(600),
        end == null ? null : end.plusSeconds(600),
        length,
        length,
        start.plusSeconds(660));
  }

  private static String write(
      Map<Long, OutageScan.Corrections> corrections, Iterable<OutageView> outages) {
    StringWriter text = new StringWriter();
    OutageCalendar calendar = new OutageCalendar(_ -> corrections, NOW, new PrintWriter(text));
    for (OutageView outage : outages) {
      if (!calendar.test(outage)) {
        break;
      }
    }
    calendar.finish();
    return text.toString();
  }

  /** Returns what another library reads. */
  private static ICalendar read(String text) {
    List<ICalendar> calendars = Biweekly.parse(text).all();
    assertThat(calendars).hasSize(1);
    ICalendar calendar = calendars.getFirst();
    assertThat(text).endsWith("END:VCALENDAR\r\n");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text.split("\r\n"))
        .allSatisfy(
            line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
    return calendar;
  }

  private static VEvent event(OutageView outage) {
    return event(Map.of(), outage);
  }

  private static VEvent event(Map<Long, OutageScan.Corrections> corrections, OutageView outage) {
    ICalendar calendar = read(write(corrections, List.of(outage)));
    assertThat(calendar.getEvents()).hasSize(1);
    assertThat(calendar.validate(ICalVersion.V2_0).isEmpty())
        .as(() -> calendar.validate(ICalVersion.V2_0).toString())
        .isTrue();
    return calendar.getEvents().getFirst();
  }

  private static Instant start(VEvent event) {
    return event.getDateStart().getValue().toInstant();
  }

  private static Instant end(VEvent event) {
    return event.getDateEnd().getValue().toInstant();
  }

  @Test
  void tellsAllOfAnOutage() {
    OutageView outage = outage("42", "Main Street", NINE.plusSeconds(3_600));
    VEvent event = event(outage);

    assertThat(event.getUid().getValue()).isEqualTo("outage-8419537941919820732@storewatch");
    assertThat(start(event)).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(end(event)).isEqualTo("2026-03-02T10:00:00Z");
    assertThat(event.getSummary().getValue()).isEqualTo("Main Street was down");
    assertThat(event.getDescription().getValue())
        .isEqualTo(
            """
            Store: 42
            Last up: 2026-03-02T08:50:00Z
            First down: 2026-03-02T09:10:00Z
            Last down: 2026-03-02T09:50:00Z
            Next up: 2026-03-02T10:10:00Z
            Open time lost: 60.00 minutes
            Ended by: recovery, the store was up again\
            """);
    assertThat(event.getTransparency().isTransparent()).isTrue();
    assertThat(event.getSequence().getValue()).isEqualTo(1);
    assertThat(event.getDateTimeStamp().getValue().toInstant()).isEqualTo("2026-03-02T10:10:00Z");
    assertThat(event.getLastModified().getValue().toInstant()).isEqualTo("2026-03-02T10:10:00Z");
    assertThat(write(Map.of(), List.of(outage)))
        .contains("\r\nDTSTART:20260302T090000Z\r\n", "\r\nDTEND:20260302T100000Z\r\n");
  }

  @Test
  void saysThatOneLasts() {
    VEvent event = event(outage("42", null, null));

    assertThat(event.getSummary().getValue()).isEqualTo("42 is down so far");
    assertThat(end(event)).isEqualTo("2026-03-02T10:00:01Z");
    assertThat(event.getDescription().getValue())
        .contains("Next up: not known\n")
        .endsWith("It goes on; until now is how long it has lasted so far.");
    assertThat(event.getSequence().getValue()).isZero();
    assertThat(event.getDateTimeStamp().getValue().toInstant()).isEqualTo("2026-03-02T10:00:00Z");
  }

  @Test
  void isTheSameEventAfterACorrection() {
    OutageView outage = outage("42", null, NINE.plusSeconds(3_600));
    Instant corrected = Instant.parse("2026-03-05T00:00:00.9Z");
    VEvent before = event(outage);
    VEvent after =
        event(
            Map.of(Long.valueOf(ID), new OutageScan.Corrections(2, Micros.of(corrected))), outage);

    assertThat(after.getUid().getValue()).isEqualTo(before.getUid().getValue());
    assertThat(after.getSequence().getValue()).isEqualTo(before.getSequence().getValue() + 2);
    assertThat(after.getDateTimeStamp().getValue().toInstant()).isEqualTo("2026-03-05T00:00:00Z");
    assertThat(after.getLastModified().getValue().toInstant()).isEqualTo("2026-03-05T00:00:00Z");
  }

  /** An end that is not after the start is not allowed. */
  @Test
  void endsAfterItsStart() {
    VEvent exact = event(outage(ID, "42", null, NINE, NINE));
    assertThat(end(exact)).isEqualTo(start(exact).plusSeconds(1));
    VEvent brief = event(outage(ID, "42", null, NINE.plusMillis(200), NINE.plusMillis(300)));
    assertThat(start(brief)).isEqualTo(NINE);
    assertThat(end(brief)).isEqualTo(NINE.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b;c:d\\e\"f\"",
        "\\n is no line end, \\, no comma",
        "two\nlines",
        "from a Mac\rand from\r\nWindows",
        "x\rEND:VEVENT\rBEGIN:VEVENT\rSUMMARY:two",
        "x\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "next line \u0085, line \u2028 and paragraph \u2029",
        "bell \u0007, tab \t, delete \u007f",
        " blanks around ",
        "żółć",
        "北京市朝阳区建国门外大街一号国贸商城北区地下一层北京市朝阳区建国门外大街一号国贸商城",
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 68, and more"
      })
  void takesNamesOfAllKinds(String name) {
    assertThat(event(outage("42", name, null)).getSummary().getValue())
        .isEqualTo(asRead(name) + " is down so far");
    assertThat(event(outage(name, null, null)).getDescription().getValue())
        .startsWith("Store: " + asRead(name) + "\nLast up:");
  }

  @ParameterizedTest
  @Seeds
  void takesNamesMadeByChance(long seed) {
    Random random = new Random(seed);
    List<String> parts =
        List.of("a", ",", ";", "\\", "\n", "\r", " ", "ł", "京", "😀", ":", "n", "\u0000", "\"");
    for (int round = 0; round < Seeds.Rounds.of(300); round++) {
      StringBuilder name = new StringBuilder();
      for (int i = random.nextInt(200); i >= 0; i--) {
        name.append(parts.get(random.nextInt(parts.size())));
      }
      assertThat(event(outage("42", "<%s>".formatted(name), null)).getSummary().getValue())
          .isEqualTo(asRead("<%s>".formatted(name)) + " is down so far");
    }
  }

  /** Line ends of all kinds are one kind, and other control characters are left out. */
  private static String asRead(String name) {
    return name.replace("\r\n", "\n")
        .replaceAll("[\r\u0085\u2028\u2029]", "\n")
        .replaceAll("[\u0000-\u0008\u000b-\u001f\u007f]", "");
  }

  /** RFC 5545 wants one component at least, so there is one that nobody sees. */
  @Test
  void isACalendarWithoutAnyOutage() {
    ICalendar calendar = read(write(Map.of(), List.of()));

    assertThat(calendar.getEvents()).isEmpty();
    assertThat(calendar.getTimezoneInfo().getTimezones()).hasSize(1);
  }

  @Test
  void endsAtTheMostEvents() {
    List<OutageView> tooMany =
        IntStream.rangeClosed(0, OutageCalendar.MOST)
            .mapToObj(i -> outage(Integer.toString(i), "42", null, NINE.minusSeconds(i), null))
            .toList();
    List<VEvent> events = read(write(Map.of(), tooMany)).getEvents();

    assertThat(events).hasSize(OutageCalendar.MOST);
    assertThat(events.getLast().getUid().getValue()).isEqualTo("outage-4999@storewatch");
  }

  /** ical4j adds zones of its own to those of Java when it reads a calendar; we only write. */
  @Test
  void leavesTheZonesOfJavaAlone() {
    Set<String> before = Set.copyOf(ZoneId.getAvailableZoneIds());
    var _ = event(outage("42", null, null));

    assertThat(ZoneId.getAvailableZoneIds()).isEqualTo(before);
  }
}
