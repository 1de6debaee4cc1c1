package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.store.Registry.PackedHours;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final Zone KOLKATA = Zone.of("Asia/Kolkata");

  /** Two intervals on key 1, none on 2, one on 3. */
  private static final PackedHours HOURS =
      new PackedHours(
          new int[] {0, 0, 2, 2, 3},
          new long[] {
            PackedHours.pack(0, 32_400, 86_340),
            PackedHours.pack(6, 79_200, 7_200),
            PackedHours.pack(4, 0, 86_399)
          });

  private final Registry registry = registry();

  private static Registry registry() {
    Registry.Builder stores = new Registry.Builder(3);
    add(stores, 2, "a", null, 50L);
    add(stores, 3, "b", null, null);
    add(stores, 1, "c", KOLKATA, 0L);
    return stores.build(HOURS);
  }

  private static void add(
      Registry.Builder stores, int key, String id, @Nullable Zone zone, @Nullable Long first) {
    stores.add(key, id, null, zone, first);
  }

  @Test
  void findsAStoreByItsKeyAndByItsId() {
    assertThat(registry.size()).isEqualTo(3);
    assertThat(IntStream.rangeClosed(1, 3).mapToObj(registry::id)).containsExactly("c", "a", "b");
    assertThat(registry.key("c")).hasValue(1);
    assertThat(registry.key("b")).hasValue(3);
    assertThat(registry.key("C")).isEmpty();
    assertThat(registry.key("")).isEmpty();
  }

  @Test
  void goesOnAfterAnyTextInTheOrderOfIds() {
    assertThat(registry.keysAfter(null)).containsExactly(2, 3, 1);
    assertThat(registry.keysAfter("")).containsExactly(2, 3, 1);
    assertThat(registry.keysAfter("a")).containsExactly(3, 1);
    assertThat(registry.keysAfter("aa")).containsExactly(3, 1);
    assertThat(registry.keysAfter("b")).containsExactly(1);
    assertThat(registry.keysAfter("c")).isEmpty();
    assertThat(registry.keysAfter("\uD83D\uDE00")).isEmpty();
  }

  @Test
  void givesKeysInTheOrderOfTheIdsAndOnlyACopyOfThem() {
    registry.keysById()[0] = 99;

    assertThat(registry.keysById()).containsExactly(2, 3, 1);
  }

  @Test
  void knowsSinceWhenAStoreHasPolls() {
    assertThat(registry.firstPoll(1)).hasValue(0);
    assertThat(registry.firstPoll(2)).hasValue(50);
    assertThat(registry.firstPoll(3)).isEmpty();
    assertThat(registry.hasPollBy(2, 49)).isFalse();
    assertThat(registry.hasPollBy(2, 50)).isTrue();
    assertThat(registry.hasPollBy(3, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void takesAStoreOfWhichNothingIsKnownToBeOpenAllTheTimeInChicago() {
    assertThat(registry.schedule(2, LateClose.AS_GIVEN)).isEqualTo(Schedule.unknown());
    assertThat(registry.schedule(2, LateClose.AS_MIDNIGHT)).isEqualTo(Schedule.unknown());
    assertThat(registry.zone(2)).isNull();
    assertThat(registry.hasHours(2)).isFalse();
    assertThat(registry.intervals(2)).isEmpty();
  }

  @Test
  void takesAStoreWithHoursToBeClosedOnOtherDays() {
    Schedule schedule = registry.schedule(1, LateClose.AS_GIVEN);

    assertThat(schedule.zone()).isEqualTo(KOLKATA);
    assertThat(schedule.hours())
        .isEqualTo(
            DatedHours.of(
                WeeklyHours.of(
                    List.of(
                        new OpeningInterval(DayOfWeek.MONDAY, 32_400, 86_340),
                        new OpeningInterval(DayOfWeek.SUNDAY, 79_200, 7_200)))));
    assertThat(schedule.closures().all().isEmpty()).isTrue();
  }

  @Test
  void readsALateCloseAsMidnightOnlyWhenAsked() {
    WeeklyHours toTheSecond =
        WeeklyHours.of(List.of(new OpeningInterval(DayOfWeek.FRIDAY, 0, 86_399)));
    WeeklyHours toMidnight =
        WeeklyHours.of(List.of(new OpeningInterval(DayOfWeek.FRIDAY, 0, 86_400)));

    assertThat(registry.schedule(3, LateClose.AS_GIVEN).hours())
        .isEqualTo(DatedHours.of(toTheSecond));
    assertThat(registry.schedule(3, LateClose.AS_MIDNIGHT).hours())
        .isEqualTo(DatedHours.of(toMidnight));
    assertThat(registry.schedule(3, LateClose.AS_GIVEN).hours())
        .isEqualTo(DatedHours.of(toTheSecond));
    assertThat(registry.schedule(3, LateClose.AS_MIDNIGHT).zone())
        .isEqualTo(Schedule.defaultZone());
    assertThat(registry.intervals(3))
        .containsExactly(new OpeningInterval(DayOfWeek.FRIDAY, 0, 86_399));
  }

  @Test
  void compilesTheHoursOfAStoreOnce() {
    assertThat(registry.schedule(1, LateClose.AS_GIVEN).hours())
        .isSameAs(registry.schedule(1, LateClose.AS_GIVEN).hours());
  }

  @Test
  void packsIntervalsInTheOrderOfTheWeek() {
    long[] packed = {
      PackedHours.pack(0, 0, 0),
      PackedHours.pack(0, 0, 86_400),
      PackedHours.pack(0, 86_399, 0),
      PackedHours.pack(1, 0, 0),
      PackedHours.pack(6, 86_399, 86_400)
    };

    assertThat(packed).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(packed).mapToObj(PackedHours::unpack))
        .startsWith(new OpeningInterval(DayOfWeek.MONDAY, 0, 0))
        .endsWith(new OpeningInterval(DayOfWeek.SUNDAY, 86_399, 86_400));
  }
}
