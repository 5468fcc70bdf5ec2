using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }

    [Fact]
    public async Task A_second_process_on_the_file_is_refused_with_a_clear_message()
    {
        var first = await Open();
        var refused = await Assert.ThrowsAsync<LedgerInUseException>(Open);
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await Appended(await Open(), Sample.Plain("agenda/a"));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await (await Open()).DisposeAsync();
        await Execute("UPDATE meta SET value = 99");
        Assert.Contains("version 99", (await Assert.ThrowsAsync<InvalidOperationException>(Open)).Message, StringComparison.Ordinal);
    }
}

public sealed class SqliteLedgerReadTests : LedgerReadContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }
}
