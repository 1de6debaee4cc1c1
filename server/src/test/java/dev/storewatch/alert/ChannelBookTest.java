package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.RowCallbackHandler;

@AnyDatabase
final class ChannelBookTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OTHER = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  private final TestClock clock = new TestClock();
  private final FakeKind kind = new FakeKind();

  @TempDir private Path path;
  private Sending sending;
  private ChannelBook book;

  @BeforeEach
  void open() {
    sending = new Sending(path, clock, kind);
    book = sending.book;
  }

  @AfterEach
  void close() {
    sending.close();
  }

  private ChannelBook with(@Nullable String key, String... old) {
    AlertSettings settings =
        new AlertSettings(key, List.of(old), Duration.ofDays(3), Duration.ofDays(30));
    return new ChannelBook(
        sending.database,
        clock,
        sending.deliveries,
        new ChannelKinds(List.of(kind)),
        new SecretKeys(settings, null));
  }

  /** Returns the secrets of a channel as they are kept; {@code null} as a word for none. */
  private String sealed(String id) {
    return sending
        .database
        .jdbc()
        .sql("SELECT secrets FROM alert_channel WHERE id = ?")
        .param(id)
        .query((row, n) -> String.valueOf(row.getString(1)))
        .single();
  }

  @Test
  void showsWhatWasEnteredWithoutTheSecrets() {
    ChannelView entered = book.add("user:ann", Sending.body("ops", 30));

    assertThat(entered.name()).isEqualTo("ops");
    assertThat(entered.kind()).isEqualTo("fake");
    assertThat(entered.settings()).isEqualTo(Map.of("place", "here"));
    assertThat(entered.secrets()).containsExactly("password");
    assertThat(entered.perMinute()).isEqualTo(30);
    assertThat(entered.enteredAt()).isEqualTo(TestClock.START);
    assertThat(entered.enteredBy()).isEqualTo("user:ann");
    assertThat(book.get(entered.id())).isEqualTo(entered);
    assertThat(book.list()).containsExactly(entered);
    assertThat(entered.toString()).doesNotContain("sesame");
  }

  @Test
  void keepsNoSecretThatCanBeReadInTheDatabase() {
    ChannelView entered = book.add(null, Sending.body("ops", 30));
    StringBuilder everything = new StringBuilder();
    sending
        .database
        .jdbc()
        .sql("SELECT * FROM alert_channel")
        .query(
            (RowCallbackHandler)
                row -> {
                  for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    everything.append(row.getString(i)).append('\n');
                  }
                });

    assertThat(everything.toString()).contains(entered.id(), "here").doesNotContain("sesame");
  }

  @Test
  void usesTheRateOfTheKindUnlessOneIsSaid() {
    ChannelBody body = new ChannelBody("ops", "fake", Map.of("place", "here"), null, null);

    assertThat(book.add(null, body).perMinute()).isEqualTo(6_000);
  }

  @Test
  void changesWhatIsSaidAndNothingElse() {
    String id = book.add("user:ann", Sending.body("ops", 30)).id();
    clock.passes(Duration.ofHours(1));

    ChannelView changed =
        book.change(
            "user:bob",
            id,
            new ChannelChange(null, Map.of("place", "there"), Map.of("other", "x"), 5));

    assertThat(changed.name()).isEqualTo("ops");
    assertThat(changed.settings()).isEqualTo(Map.of("place", "there"));
    assertThat(changed.secrets()).containsExactly("other", "password");
    assertThat(changed.perMinute()).isEqualTo(5);
    assertThat(changed.enteredBy()).isEqualTo("user:bob");
    assertThat(changed.enteredAt()).isEqualTo(TestClock.START.plus(Duration.ofHours(1)));

    Map<String, @Nullable String> gone = new HashMap<>();
    gone.put("password", null);
    ChannelView named = book.change(null, id, new ChannelChange("new", null, gone, null));
    assertThat(named.name()).isEqualTo("new");
    assertThat(named.secrets()).containsExactly("other");
  }

  @Test
  void refusesWhatIsWrong() {
    String id = book.add(null, Sending.body("ops", 30)).id();

    assertThatThrownBy(() -> book.add(null, Sending.body("ops", 30)))
        .isInstanceOf(ChannelBook.Taken.class)
        .hasMessageContaining("there is a channel 'ops'");
    for (ChannelBody wrong :
        List.of(
            Sending.body("", 30),
            Sending.body("-x", 30),
            Sending.body("a\nb", 30),
            Sending.body("b", 0),
            Sending.body("b", 6_001),
            new ChannelBody(null, "fake", Map.of("place", "here"), null, null),
            new ChannelBody("b", null, Map.of("place", "here"), null, null),
            new ChannelBody("b", "pigeon", Map.of("place", "here"), null, null),
            new ChannelBody("b", "fake", null, null, null),
            new ChannelBody("b", "fake", Map.of("place", "nowhere"), null, null),
            new ChannelBody("b", "fake", Map.of("place", " "), null, null),
            new ChannelBody("b", "fake", Map.of("place", "x".repeat(2_001)), null, null),
            new ChannelBody("b", "fake", Map.of("place", "here", "password", "x"), null, null))) {
      assertThatThrownBy(() -> book.add(null, wrong))
          .as("%s", wrong)
          .isInstanceOf(WrongInput.class)
          .hasMessageMatching("(?s).*(use|for example|there are) .*");
    }
    ChannelChange elsewhere = new ChannelChange(null, Map.of("place", "nowhere"), null, null);
    assertThatThrownBy(() -> book.change(null, id, elsewhere)).isInstanceOf(WrongInput.class);
    assertThat(book.list()).hasSize(1);
    assertThat(book.get(id).settings()).isEqualTo(Map.of("place", "here"));
  }

  @Test
  void forgetsTheSecretsOfAChannelThatIsDeleted() {
    String id = book.add(null, Sending.body("ops", 30)).id();

    assertThat(book.delete(null, id)).isEqualTo("ops");

    assertThat(book.list()).isEmpty();
    assertThatThrownBy(() -> book.get(id)).isInstanceOf(ChannelBook.Unknown.class);
    assertThatThrownBy(() -> book.delete(null, id)).isInstanceOf(ChannelBook.Unknown.class);
    assertThatThrownBy(() -> book.test(id)).isInstanceOf(ChannelBook.Unknown.class);
    assertThat(sealed(id)).isEqualTo("null");
    assertThat(book.add(null, Sending.body("ops", 30)).id()).isNotEqualTo(id);
  }

  @Test
  void encryptsAnewWithANewKey() {
    String id = with(KEY).add(null, Sending.body("ops", 30)).id();
    String before = sealed(id);

    with(OTHER, KEY).useNewestKey();

    assertThat(sealed(id)).isNotEqualTo(before);
    ChannelBook later = with(OTHER);
    later.useNewestKey();
    assertThat(later.open(id).orElseThrow().settings().secrets())
        .isEqualTo(Map.of("password", "sesame"));
    String after = sealed(id);
    with(OTHER, KEY).useNewestKey();
    assertThat(sealed(id)).isEqualTo(after);
  }

  @Test
  void doesNotStartWithoutTheKeyOfItsSecrets() {
    String id = with(KEY).add(null, Sending.body("ops", 30)).id();
    String keyId = SecretKey.idOf(sealed(id));

    for (ChannelBook without : List.of(with(null), with(OTHER))) {
      assertThatThrownBy(without::useNewestKey)
          .isInstanceOf(BadSetting.class)
          .hasMessageContaining("channels ops cannot be read")
          .hasMessageContaining("put back the key " + keyId)
          .hasMessageContaining("storewatch alerts channels delete");
    }
    assertThat(with(null).list()).hasSize(1);
    with(null).delete(null, id);
    with(null).useNewestKey();
  }

  @Test
  void takesNewSecretsInThePlaceOfThoseThatCannotBeRead() {
    String id = with(KEY).add(null, Sending.body("ops", 30)).id();

    with(OTHER).change(null, id, new ChannelChange(null, null, Map.of("password", "new"), null));

    assertThat(with(OTHER).open(id).orElseThrow().settings().secrets())
        .isEqualTo(Map.of("password", "new"));
  }

  @Test
  void needsNoKeyWithoutSecrets() {
    ChannelBody body = new ChannelBody("ops", "fake", Map.of("place", "here"), null, null);
    ChannelBook without = with(null);

    assertThat(without.add(null, body).secrets()).isEmpty();
    without.useNewestKey();
    assertThatThrownBy(() -> without.add(null, Sending.body("b", 30)))
        .isInstanceOf(SecretKeys.Missing.class);
  }

  @Test
  void queuesATest() {
    String id = book.add(null, Sending.body("ops", 30)).id();

    Delivery test = book.test(id);

    assertThat(test.channelId()).isEqualTo(id);
    assertThat(test.state()).isEqualTo(Delivery.State.QUEUED);
    assertThat(DeliveryView.of(test).title()).startsWith("Test: ");
    assertThat(DeliveryView.of(test).text()).contains("somebody tries the channel ops");
    assertThat(book.get(id).waiting()).isOne();
  }

  @Test
  void triesAtOnceWhatWaitsForAChannelThatIsChanged() {
    kind.answers(dev.storewatch.channel.Outcome.failed("away"));
    String id = book.add(null, Sending.body("ops", 6_000)).id();
    sending.queue.start();
    String waiting = sending.queue(id, "a").getFirst();
    Delivery _ = sending.awaitAttempts(waiting, 1);
    kind.answers(FakeKind.DELIVERED);

    ChannelView _ =
        book.change(null, id, new ChannelChange(null, Map.of("place", "there"), null, null));

    Delivery _ = sending.await(waiting, Delivery.State.DELIVERED);
    assertThat(book.get(id).failures()).isZero();
  }
}
