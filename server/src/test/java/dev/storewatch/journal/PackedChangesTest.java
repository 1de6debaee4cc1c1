package dev.storewatch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.uptime.PackedPoll;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/** What is packed comes out as it went in. */
class PackedChangesTest {
  @ParameterizedTest
  @Seeds
  void readsWhatItWrote(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      PackedChanges packed = new PackedChanges();
      List<String> written = new ArrayList<>();
      int stores = 1 + random.nextInt(20);
      for (int i = 0; i < stores; i++) {
        PollRows polls = polls(random, 1 + random.nextInt(1 << 20));
        int from = random.nextInt(polls.size());
        switch (random.nextInt(3)) {
          case 0 -> {
            packed.added(polls, from, polls.size(), true);
            written.add(polls.size() - from < 3 ? list("added", polls, from) : span(polls, from));
          }
          case 1 -> {
            packed.added(polls, from, polls.size(), false);
            written.add(list("added", polls, from));
          }
          default -> {
            packed.replaced(polls, from, polls.size());
            written.add(list("replaced", polls, from));
          }
        }
      }

      PackedChanges.Content content = PackedChanges.read(packed.takeText());

      assertThat(packed.size()).isZero();
      assertThat(String.join("", told(content)))
          .as("-Dtest.seed=%d, round %d", seed, round)
          .isEqualTo(String.join("", sorted(written)));
    }
  }

  private static List<String> sorted(List<String> written) {
    List<String> all = new ArrayList<>();
    for (String kind : List.of("added", "replaced", "span")) {
      written.stream().filter(text -> text.startsWith(kind)).forEach(all::add);
    }
    return all;
  }

  private static List<String> told(PackedChanges.Content content) {
    List<String> told = new ArrayList<>();
    if (content.added().size() > 0) {
      told.add(list("added", content.added(), 0));
    }
    if (content.replaced().size() > 0) {
      told.add(list("replaced", content.replaced(), 0));
    }
    told.add(content.spans().toString());
    return told;
  }

  private static PollRows polls(Random random, int key) {
    PollRows polls = new PollRows(0);
    long at = random.nextLong() >>> 12;
    for (int i = 0; i <= random.nextInt(9); i++) {
      at += 1 + random.nextInt(Integer.MAX_VALUE);
      polls.add(key, PackedPoll.of(at, random.nextBoolean()));
    }
    return polls;
  }

  private static String list(String kind, PollRows polls, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < polls.size(); i++) {
      text.append(kind + " " + polls.store(i) + ":" + polls.poll(i) + "\n");
    }
    return text.toString();
  }

  private static String span(PollRows polls, int from) {
    int hash = 0;
    for (int i = from; i < polls.size(); i++) {
      hash += PollSpans.hash(polls.poll(i));
    }
    return "span %d: %d polls from %d to %d, %08x%n"
        .formatted(
            polls.store(from),
            polls.size() - from,
            PackedPoll.at(polls.poll(from)),
            PackedPoll.at(polls.poll(polls.size() - 1)),
            hash);
  }
}
