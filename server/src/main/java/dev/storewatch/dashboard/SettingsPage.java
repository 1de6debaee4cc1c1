package dev.storewatch.dashboard;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Answers;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Lifetimes;
import dev.storewatch.access.Notes;
import dev.storewatch.access.Role;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.http.Paging;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of keys, people and the trail of who changed what. */
@Hidden
@RestController
class SettingsPage {
  static final String PATH = "/settings";
  private static final int MOST_ENTRIES = 50;

  private final AccessBook book;
  private final Clock clock;
  private final HtmlPages pages;

  SettingsPage(AccessBook book, Clock clock, HtmlPages pages) {
    this.book = book;
    this.clock = clock;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> settings(
      CsrfToken csrf, @RequestParam(required = false) @Nullable Long after) {
    return page(csrf, after, null);
  }

  private ResponseEntity<String> page(
      CsrfToken csrf, @Nullable Long after, @Nullable String newKey) {
    Instant now = clock.instant();
    List<AuditEntry> found =
        book.trail().list(MOST_ENTRIES + 1, after == null ? Long.MAX_VALUE : after);
    List<AuditEntry> entries = Paging.page(found, MOST_ENTRIES);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("keys", book.keys().stream().map(key -> line(key, now)).toList());
    values.put(
        "people",
        book.users().stream()
            .filter(user -> user.removedAt() == null)
            .map(SettingsPage::line)
            .toList());
    values.put("entries", entries.stream().map(SettingsPage::line).toList());
    values.put("next", Paging.hasMore(found, MOST_ENTRIES) ? entries.getLast().number() : null);
    values.put("newKey", newKey);
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/settings.jte", values);
  }

  private static AccessLine line(ApiKey key, Instant now) {
    Instant expires = key.expiresAt();
    boolean isOver = expires != null && !expires.isAfter(now);
    String state =
        key.revokedAt() != null
            ? "revoked " + Fleet.inUtc(key.revokedAt())
            : expires == null
                ? "good for ever"
                : (isOver ? "ended " : "good until ") + Fleet.inUtc(expires);
    return new AccessLine(
        key.id(),
        key.name(),
        key.grant().role().word(),
        stores(key.grant()),
        key.lastUsedAt() == null ? "never" : Fleet.inUtc(key.lastUsedAt()),
        state,
        key.revokedAt() == null && !isOver);
  }

  private static AccessLine line(User user) {
    return new AccessLine(
        user.name(),
        user.name(),
        user.grant().role().word(),
        stores(user.grant()),
        user.lastSignInAt() == null ? "never" : Fleet.inUtc(user.lastSignInAt()),
        "",
        true);
  }

  private static String stores(Grant grant) {
    Set<String> tags = grant.scope().tags();
    return tags == null ? "all stores" : String.join(", ", new TreeSet<>(tags));
  }

  private static AuditLine line(AuditEntry entry) {
    String before = entry.before();
    String after = entry.after();
    return new AuditLine(
        Fleet.inUtc(entry.doneAt()),
        entry.who(),
        entry.address(),
        entry.action(),
        entry.target() == null ? "" : entry.target(),
        entry.outcome() == null ? "goes on, or the server ended" : entry.outcome(),
        before == null
            ? after == null ? "" : after
            : "%s, before %s".formatted(after == null ? "taken away" : after, before));
  }

  /** Makes a key, and answers the only page that ever shows it. */
  @PostMapping(path = PATH + "/keys", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> addKey(
      CsrfToken csrf,
      @RequestParam(defaultValue = "") String name,
      @RequestParam String role,
      @RequestParam(defaultValue = "") String tags,
      @RequestParam(defaultValue = "") String expires) {
    AccessBook.NewKey made =
        Answers.of(
            () ->
                book.addKey(
                    name.strip(),
                    new Grant(Role.of(role), scope(tags)),
                    expires.isBlank() ? null : Lifetimes.parse(expires)));
    Notes.made(made.key()).leave();
    return page(csrf, null, made.reveal());
  }

  @PostMapping(PATH + "/keys/{id}/revoke")
  ResponseEntity<Void> revoke(@PathVariable String id) {
    Notes.revoked(Answers.of(() -> book.revokeKey(id))).leave();
    return Forms.show(PATH + "#keys");
  }

  @PostMapping(PATH + "/people")
  ResponseEntity<Void> addPerson(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      @RequestParam String role,
      @RequestParam(defaultValue = "") String tags) {
    User added =
        Answers.of(
            () -> book.addUser(name.strip(), password, new Grant(Role.of(role), scope(tags))));
    Notes.added(added).leave();
    return Forms.show(PATH + "#people");
  }

  @PostMapping(PATH + "/people/{name}/remove")
  ResponseEntity<Void> removePerson(@PathVariable String name) {
    Notes.removed(Answers.of(() -> book.removeUser(name))).leave();
    return Forms.show(PATH + "#people");
  }

  private static Scope scope(String tags) {
    List<String> words = Forms.words(tags);
    return words.isEmpty() ? Scope.EVERYTHING : Scope.of(words);
  }
}
