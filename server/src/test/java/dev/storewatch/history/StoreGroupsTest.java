package dev.storewatch.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.cost.CostOfSeveral;
import dev.storewatch.cost.CostSettings;
import dev.storewatch.cost.Costs;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.UnknownStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of stores, histories and hours of the week, computed by hand. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // a folder is opened before each test
final class StoreGroupsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-16T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path path;
  private TestFolder folder;
  private Costs costs = Costs.NONE;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /**
   * Two stores of the west and one of the east, polled each hour from 8:30 to 19:30 for two weeks
   * from Monday the 2nd of March 2026 on, in UTC. The first is open from 9 to 19, and was down on
   * the second Monday from 11:00 to 15:00. The second is open on the second Monday alone from 9 to
   * 10, when it was down for half of the hour. The third is open from 9 to 19 and down on the first
   * Monday from 9:00 to 10:00 and on the second Monday from 12:00 to 14:00.
   */
  private void importStores() throws IOException {
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int day = 2; day <= 15; day++) {
      for (int hour = 8; hour <= 19; hour++) {
        add(polls, "large", day, hour, day == 9 && hour >= 11 && hour < 15);
        add(
            polls,
            "other",
            day,
            hour,
            (day == 2 && hour == 9) || (day == 9 && hour >= 12 && hour < 14));
      }
    }
    polls.append("small,active,2026-03-09T09:15:00Z\nsmall,inactive,2026-03-09T09:45:00Z\n");
    folder.importText(polls.toString());
    describe("large", Set.of("west", "region:west"), DayOfWeek.values(), 19);
    describe("other", Set.of("region:east"), DayOfWeek.values(), 19);
    describe("small", Set.of("west", "region:west"), new DayOfWeek[] {DayOfWeek.MONDAY}, 10);
    long _ =
        new OutageTracker(
                folder.database(),
                folder.stores(),
                folder.polls(),
                LateClose.AS_GIVEN,
                CLOCK,
                List.of())
            .update();
  }

  private static void add(StringBuilder polls, String id, int day, int hour, boolean isDown) {
    polls.append(
        "%s,%s,2026-03-%02dT%02d:30:00Z\n"
            .formatted(id, isDown ? "inactive" : "active", day, hour));
  }

  private void describe(String id, Set<String> tags, DayOfWeek[] days, int end) {
    List<OpeningInterval> hours =
        Stream.of(days).map(day -> new OpeningInterval(day, 9 * 3_600, end * 3_600)).toList();
    int key = folder.stores().registry().key(id).orElseThrow();
    folder.inTransaction(
        () ->
            folder
                .stores()
                .describe(key, new StoreDetails("The " + id, Zone.of("UTC"), hours, tags)));
  }

  private StoreGroups groups() {
    return new StoreGroups(
        folder.database(),
        history(),
        folder.stores(),
        folder.polls(),
        costs,
        LateClose.AS_GIVEN,
        CLOCK);
  }

  private History history() {
    return new History(folder.database(), folder.stores(), folder.polls());
  }

  private void keep() {
    long _ =
        new HistoryTracker(
                folder.database(), folder.stores(), folder.polls(), LateClose.AS_GIVEN, CLOCK)
            .update();
  }

  private GroupsView groups(@Nullable String window, List<String> groupBy) {
    return groups()
        .of(
            Scope.EVERYTHING,
            new StoreGroups.Asked(null, null, window, List.of(), groupBy, 10, AskedTerms.USUAL));
  }

  @Test
  void addsTimesUpAndComparesThemWithThePeriodBefore() throws IOException {
    importStores();
    for (int round = 0; round < 2; round++) {
      GroupsView view = groups("2026-W11", List.of("region"));
      assertThat(view.period().period()).isEqualTo("2026-W11");
      assertThat(view.before().period()).isEqualTo("2026-W10");
      assertThat(view.groups())
          .extracting(GroupsView.Group::tag)
          .containsExactly(null, "region:east", "region:west");
      GroupsView.Group west = view.groups().getLast();
      assertThat(west.stores()).isEqualTo(2);
      // 70 hours of the large store, 4 of them down, and one of the small one, half of it.
      assertThat(west.figures().scheduled()).isEqualByComparingTo("255600");
      assertThat(west.figures().down()).isEqualByComparingTo("16200");
      assertThat(west.figures().up()).isEqualByComparingTo("239400");
      assertThat(west.figures().uptimePercent()).isEqualByComparingTo("93.66");
      assertThat(west.outages()).isEqualTo(2);
      assertThat(west.outagesBefore()).isZero();
      assertThat(west.figuresBefore().uptimePercent()).isEqualByComparingTo("100.00");
      assertThat(west.change()).isEqualByComparingTo("-6.34");
      assertThat(west.rank()).isEqualTo(1);
      GroupsView.Group east = view.groups().get(1);
      assertThat(east.figures().uptimePercent()).isEqualByComparingTo("97.14");
      assertThat(east.figuresBefore().uptimePercent()).isEqualByComparingTo("98.57");
      assertThat(east.outages()).isEqualTo(1);
      assertThat(east.outagesBefore()).isEqualTo(1);
      assertThat(east.rank()).isEqualTo(2);
      GroupsView.Group all = view.groups().getFirst();
      assertThat(all.total()).isEqualTo("fleet");
      assertThat(all.figures().scheduled()).isEqualByComparingTo("507600");
      assertThat(all.figures().down()).isEqualByComparingTo("23400");
      assertThat(all.rank()).isNull();
      keep();
    }
  }

  /** The small store has no rate. The stores of the west are down for 4.5 hours, 4 with a rate. */
  @Test
  void saysWhatTheOutagesOfEachGroupCost() throws IOException {
    importStores();
    assertThat(groups("2026-W11", List.of("region")).groups())
        .allMatch(group -> group.cost() == null);
    costs =
        new Costs(new CostSettings("EUR", List.of("store large: 10 x 5", "store other: 1 x 4")));
    List<GroupsView.Group> groups = groups("2026-W11", List.of("region")).groups();
    assertThat(groups)
        .extracting(group -> requireNonNull(group.cost()).lost().toPlainString())
        .containsExactly("208.00", "8.00", "200.00");
    CostOfSeveral west = requireNonNull(groups.getLast().cost());
    assertThat(west.stores()).isEqualTo(1);
    assertThat(west.currency()).isEqualTo("EUR");
    // Three hours between the polls were down for certain. Up to half an hour more at each end may
    // have been, and the half hour before the last closing, after which no poll was made.
    assertThat(west.atLeast()).isEqualByComparingTo("150");
    assertThat(west.atMost()).isEqualByComparingTo("275");
    StringWriter csv = new StringWriter();
    try (PrintWriter out = new PrintWriter(csv)) {
      GroupLines.csv(groups("2026-W11", List.of("region")), out);
    }
    assertThat(csv.toString().lines())
        .satisfiesExactly(
            names -> assertThat(names).endsWith(",down_percent,lost,lost_low,lost_high,currency"),
            all -> assertThat(all).endsWith(",208.00,154.00,289.00,EUR"),
            east -> assertThat(east).endsWith(",8.00,4.00,14.00,EUR"),
            last -> assertThat(last).endsWith(",200.00,150.00,275.00,EUR"));
  }

  /** As the example in the documentation computes it. */
  @Test
  void ranksStoresOfWhichLittleIsKnownWithCare() throws IOException {
    importStores();
    GroupsView view = groups("2026-W11", List.of());
    assertThat(view.lowest())
        .extracting(GroupsView.Store::storeId)
        .containsExactly("large", "small", "other");
    // 6.5 of 141 hours are down: 4.6099 %. With 24 hours of that, which are 1.1064 hours down:
    // large (4 + 1.1064) / (70 + 24), small (0.5 + 1.1064) / (1 + 24), other (2 + 1.1064) / 94;
    // these are 5.4323 %, 6.4255 % and 3.3047 %, with errors of 2.3378, 4.9041 and 1.8438 %.
    assertThat(view.lowest())
        .extracting(GroupsView.Store::downPercent)
        .extracting(BigDecimal::toPlainString)
        .containsExactly("3.0946", "1.5214", "1.4609");
    assertThat(view.lowest().get(1).figures().uptimePercent()).isEqualByComparingTo("50.00");
  }

  @Test
  void makesAGroupOfEachTagUnlessSomethingIsSaid() throws IOException {
    importStores();
    folder.importText("store_id,status,timestamp_utc\nbare,active,2026-03-09T09:15:00Z\n");
    assertThat(groups("2026-W11", List.of()).groups())
        .extracting(group -> "%s %d".formatted(group.tag(), group.stores()))
        .containsExactly("null 4", "region:east 1", "region:west 2", "west 2", "null 1");
  }

  @Test
  void isAboutTheSevenDaysUpToYesterdayIfNothingIsSaid() throws IOException {
    importStores();
    GroupsView view = groups(null, List.of());
    assertThat(view.period().first()).hasToString("2026-03-08");
    assertThat(view.period().last()).hasToString("2026-03-14");
    assertThat(view.before().first()).hasToString("2026-03-01");
  }

  @Test
  void showsTheStoresOfTheScopeAlone() throws IOException {
    importStores();
    GroupsView view =
        groups()
            .of(
                new Scope(Set.of("region:east")),
                new StoreGroups.Asked(
                    "2026-03-09", "2026-03-15", null, List.of(), List.of(), 10, AskedTerms.USUAL));
    assertThat(view.groups())
        .extracting(GroupsView.Group::tag)
        .containsExactly(null, "region:east");
    assertThat(view.lowest()).extracting(GroupsView.Store::storeId).containsExactly("other");
  }

  @Test
  void refusesWhatIsNotAboutDays() throws IOException {
    importStores();
    assertThatThrownBy(() -> groups("P7D", List.of()))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("window is 'P7D': groups are of whole days");
    assertThatThrownBy(() -> groups("2026-W11", List.of("city")))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("no store has the tag city");
    assertThatThrownBy(() -> groups("2026-W20", List.of()))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("begins after the as-of instant");
    assertThatThrownBy(
            () ->
                histories()
                    .of(
                        Scope.EVERYTHING,
                        new StoreHistories.Asked(
                            "large",
                            null,
                            null,
                            "day",
                            new AskedTerms("latest", "ratio", "PT24H", null))))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("ratio has no history");
  }

  private StoreHistories histories() {
    return new StoreHistories(
        history(), folder.stores(), folder.polls(), LateClose.AS_GIVEN, CLOCK);
  }

  private HistoryView history(@Nullable String from, @Nullable String to, String by) {
    return histories()
        .of(Scope.EVERYTHING, new StoreHistories.Asked("large", from, to, by, AskedTerms.USUAL));
  }

  @Test
  void tellsTheDaysOfAStoreAsADetailedReportDoes() throws IOException {
    importStores();
    keep();
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    HistoryLines.csv(history("2026-03-08", "2026-03-10", "day"), out);
    out.flush();
    assertThat(text)
        .hasToString(
            """
            store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,\
            unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,\
            uptime_minutes_high,polls
            large,2026-03-08,2026-03-08T00:00:00Z,2026-03-09T00:00:00Z,600.00,600.00,0.00,0.00,\
            0.00,100.00,600.00,600.00,10
            large,2026-03-09,2026-03-09T00:00:00Z,2026-03-10T00:00:00Z,600.00,360.00,240.00,0.00,\
            0.00,60.00,300.00,420.00,10
            large,2026-03-10,2026-03-10T00:00:00Z,2026-03-11T00:00:00Z,600.00,600.00,0.00,0.00,\
            0.00,100.00,600.00,600.00,10
            """);
  }

  @Test
  void cutsWeeksAndMonthsWhereTheDatesEnd() throws IOException {
    importStores();
    assertThat(history("2026-02-25", "2026-03-12", "week").periods())
        .extracting(HistoryView.Period::period)
        .containsExactly("2026-02-25/2026-03-01", "2026-W10", "2026-03-09/2026-03-12");
    assertThat(history("2026-02-01", "2026-03-12", "month").periods())
        .extracting(HistoryView.Period::period)
        .containsExactly("2026-02", "2026-03-01/2026-03-12");
    assertThat(history(null, null, "month").periods()).hasSize(12);
    assertThat(history(null, null, "week").periods()).hasSize(26);
    assertThat(history("2026-02-20", null, "month").periods())
        .extracting(HistoryView.Period::period)
        .containsExactly("2026-02-20/2026-02-28", "2026-03");
    HistoryView days = history(null, null, "day");
    assertThat(days.periods()).hasSize(90);
    assertThat(days.periods().getLast().period()).isEqualTo("2026-03-15");
    assertThat(days.periods().getLast().over()).isFalse();
    assertThat(days.total().down()).isEqualByComparingTo("14400");
  }

  @Test
  void tellsWhenInTheWeekAStoreIsDown() throws IOException {
    importStores();
    HoursOfWeek hours =
        new HoursOfWeek(
            folder.database(), folder.stores(), folder.polls(), LateClose.AS_GIVEN, CLOCK);
    HoursOfWeekView view =
        hours.of(
            Scope.EVERYTHING,
            new HoursOfWeek.Asked(null, List.of(), "2026-03-02", "2026-03-15", AskedTerms.USUAL));
    assertThat(view.hours()).hasSize(168);
    // Mondays: the large store was down from 11 to 15 once, the other from 9 to 10 and from 12 to
    // 14 once each, the small one half of its only hour; of its other one nothing is known.
    assertThat(downPercents(view, 0, 8, 16))
        .containsExactly("null", "30.00", "0.00", "25.00", "50.00", "50.00", "25.00", "0.00");
    assertThat(IntStream.range(24, 168).mapToObj(hour -> view.hours().get(hour).down()))
        .allMatch(down -> down.signum() == 0);
    HoursOfWeekView ofOne =
        hours.of(
            Scope.EVERYTHING,
            new HoursOfWeek.Asked(
                "small", List.of(), "2026-03-02", "2026-03-15", AskedTerms.USUAL));
    assertThat(downPercents(ofOne, 0, 9, 11)).containsExactly("50.00", "null");
    assertThatThrownBy(
            () ->
                hours.of(
                    Scope.EVERYTHING,
                    new HoursOfWeek.Asked("none", List.of(), null, null, AskedTerms.USUAL)))
        .isInstanceOf(UnknownStore.class);
  }

  private static List<String> downPercents(HoursOfWeekView view, int day, int from, int to) {
    return view.hours().stream()
        .filter(hour -> hour.day() == day && hour.hour() >= from && hour.hour() < to)
        .map(hour -> String.valueOf(hour.downPercent()))
        .toList();
  }

  /** The clocks of Havana go from 0:00 to 1:00 on Sunday the 8th of March 2026. */
  @Test
  void givesAnHourThatTheClocksSkipNoTime() throws IOException {
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2026-03-07T12:00:00Z
        a,active,2026-03-08T12:00:00Z
        """);
    int key = folder.stores().registry().key("a").orElseThrow();
    folder.inTransaction(
        () ->
            folder
                .stores()
                .describe(
                    key, new StoreDetails(null, Zone.of("America/Havana"), List.of(), Set.of())));
    HoursOfWeekView view =
        new HoursOfWeek(
                folder.database(), folder.stores(), folder.polls(), LateClose.AS_GIVEN, CLOCK)
            .of(
                Scope.EVERYTHING,
                new HoursOfWeek.Asked(
                    "a",
                    List.of(),
                    "2026-03-07",
                    "2026-03-08",
                    new AskedTerms("now", "nearest", "PT24H", null)));
    HoursOfWeekView.Hour skipped = view.hours().get(6 * 24);
    assertThat(skipped.up().add(skipped.unknown())).isEqualByComparingTo("0");
    BigDecimal all =
        view.hours().stream()
            .map(hour -> hour.up().add(hour.unknown()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(all).isEqualByComparingTo(Integer.toString(47 * 3_600));
  }
}
