// Sends every call of analytics-go, and a burst: main ENDPOINT WRITE_KEY BURST
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/segmentio/analytics-go/v3"
)

const calls = 6

type counts struct{ succeeded, failed atomic.Int64 }

func (c *counts) Success(analytics.Message)        { c.succeeded.Add(1) }
func (c *counts) Failure(analytics.Message, error) { c.failed.Add(1) }
func (c *counts) settled() int64                   { return c.succeeded.Load() + c.failed.Load() }

func main() {
	burst, err := strconv.Atoi(os.Args[3])
	check(err)
	outcome := &counts{}
	client, err := analytics.NewWithConfig(os.Args[2], analytics.Config{
		Endpoint:   os.Args[1],
		Interval:   200 * time.Millisecond,
		Callback:   outcome,
		Logger:     analytics.StdLogger(log.New(io.Discard, "", 0)),
		RetryAfter: func(int) time.Duration { return 100 * time.Millisecond },
	})
	check(err)
	check(client.Enqueue(analytics.Identify{UserId: "u-1",
		Traits: analytics.Traits{"plan": "pro", "name": "Größe 日本 𝄞"}}))
	check(client.Enqueue(analytics.Track{UserId: "u-1", Event: "Order Completed",
		Properties: analytics.Properties{"total": 12.5}}))
	check(client.Enqueue(analytics.Page{UserId: "u-1", Name: "Checkout",
		Properties: analytics.Properties{"path": "/checkout"}}))
	check(client.Enqueue(analytics.Screen{UserId: "u-1", Name: "Home",
		Properties: analytics.Properties{"tab": 1}}))
	check(client.Enqueue(analytics.Group{UserId: "u-1", GroupId: "g-1",
		Traits: analytics.Traits{"seats": 3}}))
	check(client.Enqueue(analytics.Alias{UserId: "u-1", PreviousId: "a-0"}))
	for number := 0; number < burst; number++ {
		check(client.Enqueue(analytics.Track{AnonymousId: "a-1", Event: "Burst",
			Properties: analytics.Properties{
				"number": number,
				"text":   fmt.Sprintf("Größe %d 日本 𝄞", number),
				"nested": map[string]any{"deep": map[string]any{"er": number}},
				"list":   []int{number, number + 1},
			}}))
	}
	// A client that is closed gives up what it would send again.
	for end := time.Now().Add(time.Minute); outcome.settled() < int64(calls+burst) && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	check(client.Close())
	fmt.Printf("succeeded=%d failed=%d\n", outcome.succeeded.Load(), outcome.failed.Load())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
