package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private final Places places = new Places(64);

  private List<Places.Place> takeAll(String who) {
    List<Places.Place> taken = new ArrayList<>();
    for (Places.Place next = places.take(who); next != null; next = places.take(who)) {
      taken.add(next);
    }
    return taken;
  }

  @Test
  void giveASingleCallerHalfOfThem() {
    assertThat(takeAll("a")).hasSize(32);
  }

  @Test
  void leaveSomeForWhoeverComesNext() {
    for (String who : List.of("a", "b", "c", "d", "e")) {
      assertThat(takeAll(who)).as(who).isNotEmpty();
    }
    assertThat(places.refusal("a", "uploads"))
        .startsWith("62 of the 64 places for uploads are taken, 32 of them by this caller");
  }

  @Test
  void areGivenAgainWhenTheyAreFree() {
    List<Places.Place> taken = takeAll("a");

    taken.forEach(Places.Place::close);

    assertThat(takeAll("b")).hasSize(32);
    assertThat(takeAll("a")).hasSize(16);
  }

  @Test
  void giveTheOnlyOneToWhoeverComesFirst() {
    Places one = new Places(1);
    try (Places.Place place = one.take("a")) {
      assertThat(place).isNotNull();
      assertThat(one.take("b")).isNull();
    }
    assertThat(one.take("b")).isNotNull();
  }
}
