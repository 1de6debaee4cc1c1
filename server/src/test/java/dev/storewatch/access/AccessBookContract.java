package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.storewatch.audit.AuditEntry;
import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** Returns how often keys and people were changed. */
  abstract long changes();

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
      assertThat(each.stamp("ann", PASSWORD)).isPresent();
      assertThat(each.stamp("ann", PASSWORD + " ")).isEmpty();
      assertThat(each.stamp("bob", PASSWORD)).isEmpty();
      assertThat(each.user("ann")).map(User::grant).contains(WEST);
    }
  }

  @Test
  void changesAPerson() {
    var _ = book.addUser("ann", PASSWORD, VIEWER);
    String stamp = book.stamp("ann", PASSWORD).orElseThrow();

    assertThat(book.changeUser("ann", GrantChange.to(WEST), null).after().grant()).isEqualTo(WEST);
    assertThat(book.user("ann", stamp)).map(User::grant).contains(WEST);
    var _ = book.changeUser("ann", GrantChange.to(WEST), "four random words here");

    assertThat(book.user("ann", stamp)).isEmpty();
    assertThat(book.stamp("ann", PASSWORD)).isEmpty();
    assertThat(open().stamp("ann", "four random words here")).isPresent();
    assertThatThrownBy(() -> book.changeUser("bob", GrantChange.to(WEST), null))
        .isInstanceOf(AccessBook.Unknown.class);
  }

  @Test
  void keepsWhatIsNotSaidOfAPerson() {
    var _ = book.addUser("ann", PASSWORD, WEST);

    assertThat(book.changeUser("ann", new GrantChange(null, null), "four random words here"))
        .satisfies(
            changed -> {
              assertThat(changed.before().grant()).isEqualTo(WEST);
              assertThat(changed.after().grant()).isEqualTo(WEST);
              assertThat(changed.hasNewPassword()).isTrue();
            });
    Grant viewer = new Grant(Role.VIEWER, WEST.scope());
    assertThat(book.changeUser("ann", new GrantChange(Role.VIEWER, null), null).after().grant())
        .isEqualTo(viewer);
    var _ = book.changeUser("ann", new GrantChange(null, Scope.of(Set.of("east"))), null);
    assertThat(open().user("ann").orElseThrow().grant())
        .isEqualTo(new Grant(Role.VIEWER, Scope.of(Set.of("east"))));
    var _ = book.changeUser("ann", new GrantChange(Role.ADMIN, null), null);
    assertThat(book.user("ann").orElseThrow().grant()).isEqualTo(Grant.ADMIN);
    assertThatThrownBy(() -> book.changeUser("ann", new GrantChange(null, null), null))
        .hasMessageContaining("say a role, tags or a password");
    assertThatThrownBy(() -> book.changeUser("ann", new GrantChange(null, WEST.scope()), null))
        .hasMessageContaining("an admin changes keys and people");
    assertThat(book.user("ann").orElseThrow().grant()).isEqualTo(Grant.ADMIN);
  }

  @Test
  void changesAPasswordAndNothingElse() {
    var _ = book.addUser("ann", "four random words here", Grant.ADMIN);
    var _ = book.changeUser("ann", GrantChange.to(WEST), null);

    book.changePassword("ann", "four other words here");

    assertThat(book.user("ann").orElseThrow().grant()).isEqualTo(WEST);
    assertThat(book.stamp("ann", "four other words here")).isPresent();
    assertThat(book.stamp("ann", "four random words here")).isEmpty();
    assertThatThrownBy(() -> book.changePassword("bob", "four random words here"))
        .isInstanceOf(AccessBook.Unknown.class);
    assertThatThrownBy(() -> book.changePassword("ann", "short"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsARemovedPersonNoMoreUntilAddedAgain() {
    var _ = book.addUser("ann", PASSWORD, WEST);
    String stamp = book.stamp("ann", PASSWORD).orElseThrow();
    book.signedIn("ann", "192.0.2.1");
    assertThat(book.users()).extracting(User::lastSignInAt).containsExactly(now);
    assertThatThrownBy(() -> book.addUser("ann", PASSWORD, VIEWER))
        .isInstanceOf(AccessBook.Taken.class);

    book.removeUser("ann");

    assertThat(book.user("ann")).isEmpty();
    assertThat(book.stamp("ann", PASSWORD)).isEmpty();
    assertThat(book.user("ann", stamp)).isEmpty();
    assertThatThrownBy(() -> book.removeUser("ann")).isInstanceOf(AccessBook.Unknown.class);

    var _ = book.addUser("ann", "four random words here", VIEWER);
    assertThat(open().users())
        .containsExactly(new User("ann", VIEWER, now.truncatedTo(ChronoUnit.MICROS), null, null));
  }

  @Test
  void seesWhatAnotherBookOnTheSameDatabaseChanged() {
    AccessBook other = open();
    assertThat(book.isConfigured()).isFalse();

    AccessBook.NewKey made = other.addKey("a", WEST, null);
    assertThat(book.isConfigured()).isTrue();
    assertThat(book.open(made.reveal())).contains(made.key());
    assertThatThrownBy(() -> book.addKey("a", VIEWER, null)).isInstanceOf(AccessBook.Taken.class);

    book.revokeKey(made.key().id());
    assertThat(other.open(made.reveal())).isEmpty();

    var _ = other.addUser("ann", PASSWORD, VIEWER);
    String stamp = book.stamp("ann", PASSWORD).orElseThrow();
    var _ = other.changeUser("ann", GrantChange.to(WEST), null);
    assertThat(book.user("ann", stamp)).map(User::grant).contains(WEST);
    other.changePassword("ann", "four other words here");
    assertThat(book.user("ann", stamp)).isEmpty();
    assertThat(book.stamp("ann", PASSWORD)).isEmpty();
    assertThat(book.stamp("ann", "four other words here")).isPresent();
    book.removeUser("ann");
    assertThat(other.user("ann")).isEmpty();
  }

  @Test
  void givesANameToOneOfTwoWhoAskForItAtOnce() throws Exception {
    AccessBook other = open();
    CyclicBarrier together = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 20; i++) {
        String name = "key " + i;
        List<Future<Boolean>> made =
            threads.invokeAll(
                List.of(() -> isAdded(book, name, together), () -> isAdded(other, name, together)));
        assertThat(List.of(made.get(0).get(), made.get(1).get()))
            .containsExactlyInAnyOrder(true, false);
      }
    }
  }

  private static boolean isAdded(AccessBook book, String name, CyclicBarrier together)
      throws Exception {
    together.await();
    try {
      var _ = book.addKey(name, VIEWER, null);
      return true;
    } catch (AccessBook.Taken e) {
      return false;
    }
  }

  @Test
  void remembersFromWhereAPersonSignedIn() {
    var _ = book.addUser("ann", PASSWORD, WEST);
    AccessBook other = open();
    assertThat(book.hasSignedIn("ann", "192.0.2.1")).isFalse();

    book.signedIn("ann", "192.0.2.1");
    book.signedIn("ann", "20010db800010002/64");

    assertThat(book.hasSignedIn("ann", "192.0.2.1")).isTrue();
    assertThat(open().hasSignedIn("ann", "20010db800010002/64")).isTrue();
    assertThat(other.hasSignedIn("ann", "192.0.2.2")).isFalse();
    assertThat(book.hasSignedIn("bob", "192.0.2.1")).isFalse();
    for (int i = 0; i < 19; i++) {
      book.signedIn("ann", "198.51.100." + i);
    }
    assertThat(book.hasSignedIn("ann", "192.0.2.1")).as("one of long ago").isFalse();
    assertThat(book.hasSignedIn("ann", "20010db800010002/64")).isTrue();
    book.removeUser("ann");
    var _ = book.addUser("ann", PASSWORD, WEST);
    assertThat(book.hasSignedIn("ann", "198.51.100.1")).isFalse();
  }

  @Test
  void readsNothingAnewBecauseSomebodySignedInOrAKeyWasUsed() {
    AccessBook.NewKey made = book.addKey("a", VIEWER, null);
    var _ = book.addUser("ann", PASSWORD, VIEWER);
    assertThat(book.open(made.reveal())).isPresent();
    book.signedIn("ann", "192.0.2.1");
    long before = changes();

    book.signedIn("ann", "192.0.2.1");
    book.keepLastUses();

    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void keepsTheLatestOfTheUsesThatSeveralServersSaw() {
    AccessBook other = open();
    AccessBook.NewKey made = book.addKey("a", VIEWER, null);
    now = Instant.parse("2026-11-02T10:20:30Z");
    assertThat(other.open(made.reveal())).isPresent();
    now = Instant.parse("2026-11-02T10:25:30Z");
    assertThat(book.open(made.reveal())).isPresent();

    book.keepLastUses();
    other.keepLastUses();

    assertThat(other.keys())
        .extracting(ApiKey::lastUsedAt)
        .containsExactly(Instant.parse("2026-11-02T10:25:00Z"));
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
    assertThatThrownBy(() -> book.addKey("a\nb", VIEWER, null))
        .hasMessageContaining("is not a name");
    assertThatThrownBy(() -> new Grant(Role.ADMIN, Scope.of(Set.of("west"))))
        .hasMessageContaining("an admin changes keys and people");
  }

  @Test
  void tellsTheTrailWhatWasChanged() {
    Caller ann = new Caller("command-line:ann", "this machine");
    ApiKey key = book.addKey("pos", WEST, null).key();
    book.note(ann, "key.create", Notes.made(key));
    book.note(ann, "key.revoke", Notes.revoked(book.revokeKey(key.id())));
    var _ = book.addUser("bob", PASSWORD, WEST);
    book.note(
        ann,
        "user.change",
        Notes.changed(book.changeUser("bob", new GrantChange(Role.ADMIN, null), PASSWORD + "!")));
    book.note(ann, "user.remove", Notes.removed(book.removeUser("bob")));

    String west = "%s, tags big west".formatted(WEST.role().word());
    assertThat(open().trail().list(10, Long.MAX_VALUE).reversed())
        .extracting(AuditEntry::action, AuditEntry::before, AuditEntry::after)
        .containsExactly(
            tuple("key.create", null, "pos: " + west + ", never expires"),
            tuple("key.revoke", "pos: " + west + ", never expires", null),
            tuple("user.change", west, "admin, all stores, new password"),
            tuple("user.remove", "admin, all stores", null));
  }

  @Test
  void keepsTheTrailInOrder() {
    Caller ann = new Caller("user:ann", "127.0.0.1");
    AuditTrail trail = book.trail();
    long first = trail.begin(ann, now, "store.delete", "/api/v1/stores/7");
    long second = trail.begin(ann, now, "report.ask", "/api/v1/reports");

    trail.end(second, AuditNote.of("/api/v1/reports/8"), "202");

    assertThat(open().trail().list(10, Long.MAX_VALUE))
        .containsExactly(
            new AuditEntry(
                second,
                now,
                "user:ann",
                "127.0.0.1",
                "report.ask",
                "/api/v1/reports/8",
                "202",
                null,
                null),
            new AuditEntry(
                first,
                now,
                "user:ann",
                "127.0.0.1",
                "store.delete",
                "/api/v1/stores/7",
                null,
                null,
                null));
    assertThat(trail.list(1, second)).extracting(AuditEntry::number).containsExactly(first);
    assertThat(trail.list(1, first)).isEmpty();
  }
}
