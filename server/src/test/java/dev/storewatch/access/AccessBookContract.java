package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.store.Scope;
import dev.storewatch.system.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the keys, people and audit trail of every database do. */
abstract class AccessBookContract {
  private static final Grant VIEWER = new Grant(Role.VIEWER, Scope.EVERYTHING);
  private static final Grant WEST = new Grant(Role.OPERATOR, Scope.of(Set.of("west", "big")));
  private static final String PASSWORD = "correct horse battery";

  private Instant now = Instant.parse("2026-11-01T00:00:00.123456Z");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private AccessBook book;

  /** Opens the book of an installation, the same each time. */
  abstract AccessBook open(Clock clock);

  private AccessBook open() {
    return open(
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        });
  }

  @BeforeEach
  void openIt() {
    book = open();
  }

  @Test
  void isConfiguredFromTheFirstKeyOnForEver() {
    assertThat(book.isConfigured()).isFalse();

    AccessBook.NewKey made = book.addKey("a", VIEWER, null);
    assertThat(book.isConfigured()).isTrue();

    book.revokeKey(made.key().id());
    assertThat(book.isConfigured()).isTrue();
    assertThat(open().isConfigured()).isTrue();
  }

  @Test
  void isConfiguredFromTheFirstPersonOnForEver() {
    var _ = book.addUser("ann", PASSWORD, VIEWER);
    book.removeUser("ann");

    assertThat(open().isConfigured()).isTrue();
  }

  @Test
  void opensWithAKeyAfterARestartToo() {
    AccessBook.NewKey made = book.addKey("pos gateway", WEST, Duration.ofDays(90));

    for (AccessBook each : new AccessBook[] {book, open()}) {
      assertThat(each.open(made.reveal())).contains(made.key());
      assertThat(each.open(made.reveal() + "x")).isEmpty();
      assertThat(each.open(new KeyText(made.key().id(), KeyText.random().secret()).reveal()))
          .isEmpty();
    }
    assertThat(made.key().grant()).isEqualTo(WEST);
    assertThat(made.key().expiresAt()).isEqualTo(now.plus(Duration.ofDays(90)));
  }

  @Test
  void opensNothingWithARevokedKey() {
    AccessBook.NewKey made = book.addKey("a", VIEWER, null);

    book.revokeKey(made.key().id());
    book.revokeKey(made.key().id());

    assertThat(book.open(made.reveal())).isEmpty();
    assertThat(open().open(made.reveal())).isEmpty();
    assertThat(book.keys()).singleElement().extracting(ApiKey::revokedAt).isEqualTo(now);
    assertThatThrownBy(() -> book.revokeKey("nonsense"))
        .isInstanceOf(AccessBook.Unknown.class)
        .hasMessageContaining("there is no key with the id nonsense");
  }

  @Test
  void opensNothingWithAnExpiredKey() {
    AccessBook.NewKey made = book.addKey("a", VIEWER, Duration.ofMinutes(1));
    now = now.plusSeconds(59);
    assertThat(book.open(made.reveal())).isPresent();

    now = now.plusSeconds(1);

    assertThat(book.open(made.reveal())).isEmpty();
  }

  @Test
  void givesTheNameOfAnEndedKeyAway() {
    AccessBook.NewKey made = book.addKey("a", VIEWER, null);
    assertThatThrownBy(() -> book.addKey("a", VIEWER, null)).isInstanceOf(AccessBook.Taken.class);

    book.revokeKey(made.key().id());

    assertThat(book.addKey("a", VIEWER, null).key().id()).isNotEqualTo(made.key().id());
  }

  @Test
  void keepsWhenAKeyWasLastUsed() {
    AccessBook.NewKey used = book.addKey("used", VIEWER, null);
    now = now.plusSeconds(1);
    var _ = book.addKey("unused", VIEWER, null);
    now = Instant.parse("2026-11-02T10:20:30Z");
    assertThat(book.open(used.reveal())).isPresent();

    book.keepLastUses();

    assertThat(open().keys())
        .extracting(ApiKey::lastUsedAt)
        .containsExactly(Instant.parse("2026-11-02T10:20:00Z"), null);
  }

  @Test
  void knowsThePasswordOfAPerson() {
    var _ = book.addUser("ann", PASSWORD, WEST);

    for (AccessBook each : new AccessBook[] {book, open()}) {
      assertThat(each.isPassword("ann", PASSWORD)).isTrue();
      assertThat(each.isPassword("ann", PASSWORD + " ")).isFalse();
      assertThat(each.isPassword("bob", PASSWORD)).isFalse();
      assertThat(each.user("ann")).map(User::grant).contains(WEST);
    }
  }

  @Test
  void changesAPerson() {
    var _ = book.addUser("ann", PASSWORD, VIEWER);
    String stamp = book.passwordStamp("ann").orElseThrow();

    assertThat(book.changeUser("ann", WEST, null).grant()).isEqualTo(WEST);
    assertThat(book.passwordStamp("ann")).contains(stamp);
    var _ = book.changeUser("ann", WEST, "four random words here");

    assertThat(book.passwordStamp("ann")).isPresent().get().isNotEqualTo(stamp);
    assertThat(book.isPassword("ann", PASSWORD)).isFalse();
    assertThat(open().isPassword("ann", "four random words here")).isTrue();
    assertThatThrownBy(() -> book.changeUser("bob", WEST, null))
        .isInstanceOf(AccessBook.Unknown.class);
  }

  @Test
  void changesAPasswordAndNothingElse() {
    var _ = book.addUser("ann", "four random words here", Grant.ADMIN);
    var _ = book.changeUser("ann", WEST, null);

    book.changePassword("ann", "four other words here");

    assertThat(book.user("ann").orElseThrow().grant()).isEqualTo(WEST);
    assertThat(book.isPassword("ann", "four other words here")).isTrue();
    assertThat(book.isPassword("ann", "four random words here")).isFalse();
    assertThatThrownBy(() -> book.changePassword("bob", "four random words here"))
        .isInstanceOf(AccessBook.Unknown.class);
    assertThatThrownBy(() -> book.changePassword("ann", "short"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsARemovedPersonNoMoreUntilAddedAgain() {
    var _ = book.addUser("ann", PASSWORD, WEST);
    book.signedIn("ann");
    assertThatThrownBy(() -> book.addUser("ann", PASSWORD, VIEWER))
        .isInstanceOf(AccessBook.Taken.class);

    book.removeUser("ann");

    assertThat(book.user("ann")).isEmpty();
    assertThat(book.isPassword("ann", PASSWORD)).isFalse();
    assertThat(book.passwordStamp("ann")).isEmpty();
    assertThatThrownBy(() -> book.removeUser("ann")).isInstanceOf(AccessBook.Unknown.class);

    var _ = book.addUser("ann", "four random words here", VIEWER);
    assertThat(open().users())
        .containsExactly(new User("ann", VIEWER, now.truncatedTo(ChronoUnit.MICROS), null, null));
  }

  @Test
  void refusesWhatIsEasilyGuessed() {
    for (String bad : new String[] {"short", "aaaaaaaaaaaaaaaa", "ä".repeat(40)}) {
      assertThatThrownBy(() -> book.addUser("ann", bad, VIEWER))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("four random words make a good one")
          .hasMessageNotContaining(bad);
    }
    assertThatThrownBy(() -> book.addUser("ann.of.the.west", "Ann.Of.The.West", VIEWER))
        .hasMessageContaining("easily guessed");
    assertThatThrownBy(() -> book.addKey("a\nb", VIEWER, null)).hasMessageContaining("is no name");
    assertThatThrownBy(() -> new Grant(Role.ADMIN, Scope.of(Set.of("west"))))
        .hasMessageContaining("an admin changes keys and people");
  }

  @Test
  void keepsTheTrailInOrder() {
    Caller ann = new Caller("user:ann", "127.0.0.1");
    AuditTrail trail = book.trail();
    long first = trail.begin(ann, now, "store.delete", "/api/v1/stores/7");
    long second = trail.begin(ann, now, "report.ask", "/api/v1/reports");

    trail.end(second, "/api/v1/reports/8", "202");

    assertThat(open().trail().list(10, Long.MAX_VALUE))
        .containsExactly(
            new AuditEntry(
                second, now, "user:ann", "127.0.0.1", "report.ask", "/api/v1/reports/8", "202"),
            new AuditEntry(
                first, now, "user:ann", "127.0.0.1", "store.delete", "/api/v1/stores/7", null));
    assertThat(trail.list(1, second)).extracting(AuditEntry::number).containsExactly(first);
    assertThat(trail.list(1, first)).isEmpty();
  }
}
