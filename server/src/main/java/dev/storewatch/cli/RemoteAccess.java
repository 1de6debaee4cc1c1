package dev.storewatch.cli;

import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.GrantChange;
import dev.storewatch.access.Role;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.http.Encoded;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The keys and people of a server, changed over its HTTP interface. */
final class RemoteAccess implements AccessDesk {
  private static final String KEYS = "/api/v1/keys";
  private static final String USERS = "/api/v1/users";

  private final JsonMapper json = JsonMapper.builder().build();
  private final Channel channel;

  /** The way by which requests reach the server. */
  interface Channel {
    /**
     * Sends a request and returns the answer, a missing node when it has no body.
     *
     * @param body the body as JSON, or null for none
     */
    JsonNode send(String method, String path, @Nullable String body) throws IOException;
  }

  RemoteAccess(Channel channel) {
    this.channel = channel;
  }

  @Override
  public String addKey(String name, Grant grant, @Nullable Duration lifetime) throws IOException {
    ObjectNode body = body(grant).put("name", name);
    if (lifetime != null) {
      body.put("expires_in", lifetime.toString());
    }
    return channel.send("POST", KEYS, body.toString()).path("key").asString();
  }

  private ObjectNode body(Grant grant) {
    ObjectNode body = json.createObjectNode().put("role", grant.role().word());
    putTags(body, grant.scope());
    return body;
  }

  private static void putTags(ObjectNode body, Scope scope) {
    if (scope.tags() == null) {
      body.putNull("tags");
    } else {
      scope.tags().forEach(body.putArray("tags")::add);
    }
  }

  @Override
  public List<ApiKey> keys() throws IOException {
    return channel
        .send("GET", KEYS, null)
        .path("keys")
        .valueStream()
        .map(RemoteAccess::key)
        .toList();
  }

  private static ApiKey key(JsonNode key) {
    return new ApiKey(
        key.path("id").asString(),
        key.path("name").asString(),
        grant(key),
        Instant.parse(key.path("created_at").asString()),
        instant(key, "expires_at"),
        instant(key, "revoked_at"),
        instant(key, "last_used_at"));
  }

  private static Grant grant(JsonNode holder) {
    JsonNode tags = holder.path("tags");
    return new Grant(
        Role.of(holder.path("role").asString()),
        tags.isArray()
            ? Scope.of(tags.valueStream().map(JsonNode::asString).toList())
            : Scope.EVERYTHING);
  }

  private static @Nullable Instant instant(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString() ? Instant.parse(value.asString()) : null;
  }

  @Override
  public void revokeKey(String id) throws IOException {
    var _ = channel.send("DELETE", KEYS + "/" + Encoded.value(id), null);
  }

  @Override
  public void addUser(String name, String password, Grant grant) throws IOException {
    ObjectNode body = body(grant).put("name", name).put("password", password);
    var _ = channel.send("POST", USERS, body.toString());
  }

  @Override
  public void changeUser(String name, GrantChange said, @Nullable String password)
      throws IOException {
    ObjectNode body = json.createObjectNode();
    if (said.role() != null) {
      body.put("role", said.role().word());
    }
    if (said.scope() != null) {
      putTags(body, said.scope());
    }
    if (password != null) {
      body.put("password", password);
    }
    var _ = channel.send("PUT", USERS + "/" + Encoded.value(name), body.toString());
  }

  @Override
  public List<User> users() throws IOException {
    return channel
        .send("GET", USERS, null)
        .path("users")
        .valueStream()
        .map(
            user ->
                new User(
                    user.path("name").asString(),
                    grant(user),
                    Instant.parse(user.path("created_at").asString()),
                    instant(user, "removed_at"),
                    instant(user, "last_sign_in_at")))
        .toList();
  }

  @Override
  public void removeUser(String name) throws IOException {
    var _ = channel.send("DELETE", USERS + "/" + Encoded.value(name), null);
  }

  @Override
  public List<AuditEntry> trail(int limit) throws IOException {
    return channel
        .send("GET", "/api/v1/audit?limit=" + limit, null)
        .path("entries")
        .valueStream()
        .map(
            entry ->
                new AuditEntry(
                    entry.path("number").asLong(),
                    Instant.parse(entry.path("at").asString()),
                    entry.path("who").asString(),
                    entry.path("address").asString(),
                    entry.path("action").asString(),
                    RemoteInstallation.text(entry, "target"),
                    RemoteInstallation.text(entry, "outcome"),
                    RemoteInstallation.text(entry, "before"),
                    RemoteInstallation.text(entry, "after")))
        .toList();
  }
}
