using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SnpLive.Tests.Ledger;

/// <summary>Stands between a ledger and PostgreSQL, and can lose the server's answers.</summary>
internal sealed class LossyProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder target;
    private readonly Lock gate = new();
    private readonly List<Link> links = [];
    private bool swallowing;

    public LossyProxy(string connectionString)
    {
        target = new(connectionString);
        listener.Start();
        _ = Accept();
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(target.ConnectionString) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ConnectionString;

    /// <summary>From now on the present connections send, but receive nothing.</summary>
    public void SwallowAnswers()
    {
        lock (gate) swallowing = true;
    }

    /// <summary>Cuts the present connections; new ones are served whole.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var link in links) link.Dispose();
            links.Clear();
            swallowing = false;
        }
    }

    /// <summary>Cuts the present connections and refuses new ones.</summary>
    public void Close()
    {
        listener.Stop();
        Cut();
    }

    public void Dispose()
    {
        Close();
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var link = new Link(await listener.AcceptTcpClientAsync(), new TcpClient());
                lock (gate) links.Add(link);
                await link.Server.ConnectAsync(target.Host!, target.Port);
                _ = Pump(link.Client, link.Server, answers: false);
                _ = Pump(link.Server, link.Client, answers: true);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                bool lost;
                lock (gate) lost = answers && swallowing;
                if (!lost) await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private sealed record Link(TcpClient Client, TcpClient Server) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
