using System.Collections.Immutable;
using System.Text;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Access;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The access log in the ledger's file. The one writing thread puts appends in their order.</summary>
internal sealed class SqliteAccess(SqliteWriter writer, SqliteReads reads) : IAccessStore
{
    private const string Columns = "seq, at, actor_id, role, organization_id, session, action, subject, territory_id, sas_id, why, object, previous, hash";

    public Task<AccessHead> Append(IReadOnlyList<AccessEntry> entries, AccessChain chain) => Change(s => Insert(s, entries, chain));

    public Task<AccessHead> Head() => reads.InSnapshot(c =>
        SqliteReads.First(c, "SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1", HeadOf) ?? new AccessHead(0, AccessChain.Origin));

    public Task<ImmutableArray<AccessRow>> ReadAfter(long seq, int limit) => reads.InSnapshot(c =>
        SqliteReads.All(c, $"SELECT {Columns} FROM access_log WHERE seq > ?1 ORDER BY seq LIMIT ?2", Row, seq, limit));

    public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => reads.InSnapshot(c =>
    {
        var (where, values) = (new StringBuilder("1"), new List<object>());
        void And(string condition, object? value)
        {
            if (value is null) return;
            values.Add(value);
            where.Append(" AND ").Append(condition.Replace("?", $"?{values.Count}", StringComparison.Ordinal));
        }
        And("territory_id = ?", query.TerritoryId);
        And("sas_id = ?", query.SasId);
        And("subject IN (SELECT value FROM json_each(?))", query.Subjects.IsDefault ? null : SqliteReads.Json(query.Subjects));
        And("actor_id = ?", query.ActorId);
        And("at >= ?", query.From is { } from ? Instants.ToMicroseconds(from) : null);
        And("at < ?", query.To is { } to ? Instants.ToMicroseconds(to) : null);
        And("seq < ?", query.Before);
        And("action = ?", query.Action is { } action ? AccessCodes.Write(action) : null);
        And("territory_id IN (SELECT value FROM json_each(?))", query.Territories.IsDefault ? null : SqliteReads.Json(query.Territories));
        values.Add(query.Limit);
        return SqliteReads.All(c, $"SELECT {Columns} FROM access_log WHERE {where} ORDER BY seq DESC LIMIT ?{values.Count}", r => Row(r).Entry, [.. values]);
    });

    public Task<long> Purge(DateTimeOffset before, AccessChain chain, DateTimeOffset now) => Change(s =>
    {
        var through = s.AccessBefore.First(HeadOf, Instants.ToMicroseconds(before));
        if (through is null) return 0L;
        Insert(s, [AccessChain.Purged(through, now)], chain);
        s.AllowPurge.Run();
        var removed = s.PurgeAccess.Run(through.Seq);
        s.EndPurge.Run();
        return removed;
    });

    private static AccessHead Insert(SqliteStatements s, IReadOnlyList<AccessEntry> entries, AccessChain chain)
    {
        var rows = chain.Follow(s.AccessHead.First(HeadOf) ?? new(0, AccessChain.Origin), entries);
        foreach (var (e, previous, hash) in rows)
            s.InsertAccess.Run(e.Seq, Instants.ToMicroseconds(e.At), e.ActorId, AccessCodes.Write(e.Role), e.OrganizationId, e.Session, AccessCodes.Write(e.Action), e.Subject,
                e.TerritoryId, e.SasId, e.Why, e.Object, previous, hash);
        return new(rows[^1].Entry.Seq, rows[^1].Hash);
    }

    private async Task<T> Change<T>(Func<SqliteStatements, T> change)
    {
        try
        {
            return await writer.Run(c => c.InTransaction(change));
        }
        catch (SqliteException e)
        {
            throw new LedgerUnavailableException("The access log cannot be written.", e);
        }
    }

    private static AccessHead HeadOf(SqliteDataReader r) => new(r.GetInt64(0), r.GetString(1));

    private static AccessRow Row(SqliteDataReader r) => new(
        new(r.GetInt64(0), SqliteReads.Instant(r, 1), r.GetString(2), AccessCodes.Read<Role>(r.GetString(3)), r.GetString(4), r.GetString(5), AccessCodes.Read<AccessAction>(r.GetString(6)),
            r.GetString(7), r.GetString(8), r.GetString(9), r.GetString(10), r.GetString(11)),
        r.GetString(12), r.GetString(13));
}
