using SnpLive.Grains.People;
using SnpLive.Tests.Conformance;

namespace SnpLive.Tests.Accounts;

/// <summary>A document whose write failed: nobody is answered by what may not have been written.</summary>
public sealed class UnwrittenDocumentTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task After_a_failed_write_the_next_question_reads_the_truth(bool written)
    {
        var login = engine.Grains.GetGrain<ILoginGrain>($"login-{written}");
        engine.Documents.FailNext("login", $"login-{written}", written);
        await Assert.ThrowsAnyAsync<Exception>(() => login.Claim("first")); // the engine wraps the storage’s
        Assert.Equal(written ? "first" : null, await login.Get());
        Assert.Equal(written ? "first" : "second", await login.Claim("second"));
        await login.Release("first");
        Assert.Equal(written ? null : "second", await login.Get());
    }
}
